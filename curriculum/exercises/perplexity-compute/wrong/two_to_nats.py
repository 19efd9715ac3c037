# misconception: logarithm-bases-mixed
# says: You raise 2 to a loss in nats; natural logarithms need e.
# repairs: perplexity#common-mistakes
# caught by: all real tokens count alike
import math

import numpy as np


def _real(log_probs, mask):
    real = np.asarray(log_probs)[np.asarray(mask, dtype=bool)]
    if real.size == 0:
        raise ValueError("there is no real token")
    return real.astype(np.float64)


def perplexity(log_probs, mask):
    return float(2.0 ** -_real(log_probs, mask).mean())


def bits_per_byte(log_probs, mask, n_bytes):
    return float(-_real(log_probs, mask).sum() / (n_bytes * math.log(2)))
