# misconception: heads-interleaved
# says: You deal the columns out to the heads in turn; head i owns a block of d/h neighbouring columns, so reshape to (B, n, h, d/h), not (B, n, d/h, h).
# repairs: multi-head-attention#statement
# caught by: each head reads its own columns
import math

import numpy as np


def multi_head_attention(x, w_q, w_k, w_v, w_o, n_heads, mask=None):
    batch, n, d = x.shape
    width = d // n_heads

    def split(z):
        return np.moveaxis(z.reshape(batch, n, width, n_heads), 3, 1)

    q, k, v = split(x @ w_q), split(x @ w_k), split(x @ w_v)
    scores = q @ k.transpose(0, 1, 3, 2) / math.sqrt(width)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    heads = e / e.sum(axis=-1, keepdims=True) @ v

    return np.moveaxis(heads, 1, 3).reshape(batch, n, d) @ w_o
