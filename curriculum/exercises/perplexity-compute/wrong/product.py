# misconception: product-of-probabilities
# says: You multiply the probabilities and take a root; the product of some hundred tokens underflows to 0. Average logarithms.
# repairs: perplexity#statement
# caught by: long texts do no harm
import math

import numpy as np


def _real(log_probs, mask):
    real = np.asarray(log_probs)[np.asarray(mask, dtype=bool)]
    if real.size == 0:
        raise ValueError("there is no real token")
    return real.astype(np.float64)


def perplexity(log_probs, mask):
    p = np.exp(_real(log_probs, mask))
    with np.errstate(divide="ignore"):
        return float(np.prod(p) ** (-1 / p.size))


def bits_per_byte(log_probs, mask, n_bytes):
    return float(-_real(log_probs, mask).sum() / (n_bytes * math.log(2)))
