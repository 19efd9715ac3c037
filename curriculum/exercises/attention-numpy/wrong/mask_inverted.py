# misconception: mask-true-means-hidden
# says: You hide the keys where the mask is True; here True means that the query may look. Libraries differ, so read the contract of each.
# repairs: causal-masking#masked-attention
# caught by: hidden keys do not matter
import math

import numpy as np


def attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask, -np.inf, scores)
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    e = np.exp(scores - top)
    total = e.sum(axis=-1, keepdims=True)
    return e / np.where(total == 0, 1.0, total) @ v
