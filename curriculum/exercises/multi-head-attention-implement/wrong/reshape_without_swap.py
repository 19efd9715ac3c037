# misconception: reshape-without-swap
# says: You reshape (B, n, d) straight to (B, h, n, d/h), which mixes positions with heads; reshape to (B, n, h, d/h) first, then swap the two axes.
# repairs: multi-head-attention#failure-modes
# caught by: each head reads its own columns
import math

import numpy as np


def multi_head_attention(x, w_q, w_k, w_v, w_o, n_heads, mask=None):
    batch, n, d = x.shape
    width = d // n_heads

    def split(z):
        return z.reshape(batch, n_heads, n, width)

    q, k, v = split(x @ w_q), split(x @ w_k), split(x @ w_v)
    scores = q @ k.transpose(0, 1, 3, 2) / math.sqrt(width)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    heads = e / e.sum(axis=-1, keepdims=True) @ v

    return heads.reshape(batch, n, d) @ w_o
