"""In bits from the start: the surprise of each token is -log2 p, and 2 to the mean surprise is the same number."""

import numpy as np


def _bits(log_probs, mask):
    keep = np.asarray(mask) != 0
    if not keep.any():
        raise ValueError("only padding")
    return np.where(keep, np.asarray(log_probs, dtype=float) / -np.log(2), 0.0).sum(), np.count_nonzero(keep)


def perplexity(log_probs, mask):
    bits, count = _bits(log_probs, mask)
    return 2.0 ** (bits / count)


def bits_per_byte(log_probs, mask, n_bytes):
    return _bits(log_probs, mask)[0] / n_bytes
