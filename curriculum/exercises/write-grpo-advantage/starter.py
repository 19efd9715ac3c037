import numpy as np


def group_advantages(rewards, prompts):
    """Each reward relative to the rewards of the same prompt.

    rewards: float64, shape (n,)
    prompts: integer ids, shape (n,), in any order

    Returns shape (n,): (reward - mean) / std over the group, 0 where all rewards of a group are equal.
    """
    raise NotImplementedError


def token_advantages(advantages, mask):
    """The advantage of each token, that of its answer.

    advantages: shape (n,)
    mask: boolean, shape (n, T), true where a token belongs to the answer

    Returns shape (n, T), 0 where the mask is false.
    """
    raise NotImplementedError
