import math

import numpy as np


def attention(q, k, v, mask=None):
    # One product compares every query with every key: (..., n, d_k) @ (..., d_k, m) -> (..., n, m).
    scores = q @ np.swapaxes(k, -1, -2) / math.sqrt(k.shape[-1])
    if mask is not None:
        # Before the softmax, so that a hidden score does not enter the sum below.
        scores = np.where(mask, scores, -np.inf)

    # Each row is measured from its own highest score, so exp() never exceeds 1. A row that sees nothing has
    # the maximum -inf; the lowest finite number stands in for it, since -inf - (-inf) would be NaN.
    highest = scores.max(axis=-1, keepdims=True).clip(min=np.finfo(scores.dtype).min)
    e = np.exp(scores - highest)

    # The highest score contributes exp(0) = 1, so the sum is at least 1, except in a row that sees nothing:
    # there it is 0, and 0 / 1 leaves zeros.
    total = e.sum(axis=-1, keepdims=True).clip(min=1)
    return e / total @ v
