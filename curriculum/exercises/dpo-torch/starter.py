import torch


def sequence_log_probability(token_logps, mask):
    """The log-probability of each answer, the sum over its tokens.

    token_logps: log-probabilities of tokens, shape (n, T)
    mask: boolean, shape (n, T), true where a token belongs to the answer

    Returns shape (n,).
    """
    raise NotImplementedError


def dpo_loss(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    """The mean loss of the pairs.

    The four tensors hold log-probabilities of whole answers, shape (n,). beta > 0.

    Returns a float.
    """
    raise NotImplementedError


def dpo_gradient(policy_chosen, policy_rejected, reference_chosen, reference_rejected, beta=0.1):
    """The derivatives of dpo_loss with respect to its first two arguments.

    Returns (grad_chosen, grad_rejected), each of shape (n,).
    """
    raise NotImplementedError
