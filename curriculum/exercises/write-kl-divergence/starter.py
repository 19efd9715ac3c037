import numpy as np


def kl_divergence(p, q):
    """KL(p || q) along the last axis, in nats.

    p: (..., K) probabilities of the true distribution, each row sums to 1
    q: (..., K) probabilities of the model, each row sums to 1

    Returns (...): one divergence for each pair of rows. Infinite where q excludes what p allows.
    """
    raise NotImplementedError
