# misconception: softmax-global-maximum
# says: You subtract one maximum from all rows; a row far below it underflows to zero everywhere. Each row needs its own maximum.
# repairs: numerically-stable-softmax#failure-modes
# caught by: large scores do not break it
import math

import numpy as np


def attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = scores.max()
    e = np.exp(scores - (top if np.isfinite(top) else 0.0))
    total = e.sum(axis=-1, keepdims=True)
    return e / np.where(total == 0, 1.0, total) @ v
