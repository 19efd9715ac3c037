import numpy as np


def sampling_probabilities(logits, temperature=1.0, top_k=None, top_p=None):
    """The distribution that is sampled, after temperature, top-k and top-p, in this order.

    logits: (V,) floats, -inf allowed but not everywhere
    temperature: > 0
    top_k: number of tokens to keep, >= 1, or None
    top_p: mass to keep, 0 < p <= 1, of the probabilities renormalised after top-k; or None
    Returns (V,) float64, sums to 1; removed tokens are exactly 0. Ties go to the smaller ids.
    """
    raise NotImplementedError


def draw(probabilities, u):
    """The token that the number u selects.

    probabilities: (V,) that sum to 1 up to rounding
    u: 0 <= u < 1
    Returns an int: the smallest i with p_0 + ... + p_i > u; never a token of probability 0.
    """
    raise NotImplementedError
