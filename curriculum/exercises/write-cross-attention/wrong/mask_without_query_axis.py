# misconception: padding-mask-without-query-axis
# says: You broadcast the mask (B, m) against scores (B, n, m) without an axis for the queries, so NumPy reads the examples of the mask as queries.
# repairs: causal-masking#masked-attention
# caught by: each example has its own padding
import math

import numpy as np


def cross_attention(y, x, w_q, w_k, w_v, source_mask=None):
    q, k, v = y @ w_q, x @ w_k, x @ w_v
    scores = q @ k.swapaxes(1, 2) / math.sqrt(k.shape[-1])
    if source_mask is not None:
        scores = np.where(source_mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v
