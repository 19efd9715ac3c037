# misconception: softmax-over-queries
# says: Your softmax runs over the queries, so the weights of one key sum to one; the weights of one query must.
# repairs: scaled-dot-product-attention#common-mistakes
# caught by: the weights of a query sum to one
import math

import numpy as np


def attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-2, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    e = np.exp(scores - top)
    total = e.sum(axis=-2, keepdims=True)
    return e / np.where(total == 0, 1.0, total) @ v
