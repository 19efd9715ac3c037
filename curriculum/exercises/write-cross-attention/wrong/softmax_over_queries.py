# misconception: softmax-over-queries
# says: Your softmax runs over the queries; each query must distribute one unit of weight over the source positions.
# repairs: scaled-dot-product-attention#common-mistakes
# caught by: the weights of a query sum to one
import math

import numpy as np


def cross_attention(y, x, w_q, w_k, w_v, source_mask=None):
    q, k, v = y @ w_q, x @ w_k, x @ w_v
    scores = q @ k.swapaxes(1, 2) / math.sqrt(k.shape[-1])
    if source_mask is not None:
        scores = np.where(source_mask[:, None, :], scores, -np.inf)
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True) @ v
