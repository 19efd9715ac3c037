# misconception: mask-with-large-negative-number
# says: You hide keys with a large negative number; where every key is hidden the row becomes an average of hidden values in place of zeros.
# repairs: scaled-dot-product-attention#failure-modes
# caught by: a query that sees nothing gets zeros
import math

import numpy as np


def attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -1e30)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v
