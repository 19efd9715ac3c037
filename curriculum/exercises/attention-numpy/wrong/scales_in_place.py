# misconception: input-scaled-in-place
# says: You scale q with /=, which writes into the caller's array; the caller may still need it. Make a new array.
# repairs: numpy#failure-modes
# caught by: the inputs stay as they are
import math

import numpy as np


def attention(q, k, v, mask=None):
    q /= math.sqrt(q.shape[-1])
    scores = q @ np.swapaxes(k, -1, -2)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    e = np.exp(scores - top)
    total = e.sum(axis=-1, keepdims=True)
    return e / np.where(total == 0, 1.0, total) @ v
