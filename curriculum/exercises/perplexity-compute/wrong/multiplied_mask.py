# misconception: mask-multiplied
# says: You multiply by the mask; 0 times -inf or NaN is NaN, so one padding value spoils the whole sum. Select the real tokens.
# repairs: perplexity#statement
# caught by: padding has no influence
import math

import numpy as np


def _sums(log_probs, mask):
    keep = np.asarray(mask, dtype=float)
    if keep.sum() == 0:
        raise ValueError("there is no real token")
    return (np.asarray(log_probs, dtype=float) * keep).sum(), keep.sum()


def perplexity(log_probs, mask):
    total, count = _sums(log_probs, mask)
    return float(np.exp(-total / count))


def bits_per_byte(log_probs, mask, n_bytes):
    return float(-_sums(log_probs, mask)[0] / (n_bytes * math.log(2)))
