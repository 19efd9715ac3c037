# misconception: padding-in-the-denominator
# says: You divide by all positions of the batch, padding included; each padding position then counts as a perfect guess.
# repairs: perplexity#statement
# caught by: padding has no influence
import math

import numpy as np


def _real(log_probs, mask):
    real = np.asarray(log_probs)[np.asarray(mask, dtype=bool)]
    if real.size == 0:
        raise ValueError("there is no real token")
    return real.astype(np.float64)


def perplexity(log_probs, mask):
    return float(np.exp(-_real(log_probs, mask).sum() / np.asarray(log_probs).size))


def bits_per_byte(log_probs, mask, n_bytes):
    return float(-_real(log_probs, mask).sum() / (n_bytes * math.log(2)))
