# misconception: perplexities-averaged
# says: You average the perplexities of the texts; then a short text counts as much as a long one. Sum the log-probabilities of all tokens and divide once.
# repairs: perplexity#failure-modes
# caught by: all real tokens count alike
import math

import numpy as np


def _real(log_probs, mask):
    real = np.asarray(log_probs)[np.asarray(mask, dtype=bool)]
    if real.size == 0:
        raise ValueError("there is no real token")
    return real.astype(np.float64)


def perplexity(log_probs, mask):
    _real(log_probs, mask)
    rows = [np.exp(-_real([row], [keep]).mean()) for row, keep in zip(log_probs, mask) if np.any(keep)]
    return float(np.mean(rows))


def bits_per_byte(log_probs, mask, n_bytes):
    return float(-_real(log_probs, mask).sum() / (n_bytes * math.log(2)))
