# misconception: sum-in-input-dtype
# says: You sum in the dtype of the input; in float16 a sum beyond 65504 is infinite. Convert to float64 first.
# repairs: perplexity#statement
# caught by: half precision is summed in float64
import math

import numpy as np


def _real(log_probs, mask):
    real = np.asarray(log_probs)[np.asarray(mask, dtype=bool)]
    if real.size == 0:
        raise ValueError("there is no real token")
    return real


def perplexity(log_probs, mask):
    real = _real(log_probs, mask)
    return float(np.exp(-real.sum() / real.size))


def bits_per_byte(log_probs, mask, n_bytes):
    return float(-_real(log_probs, mask).sum() / (n_bytes * math.log(2)))
