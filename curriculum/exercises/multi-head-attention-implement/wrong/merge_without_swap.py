# misconception: merge-without-swap
# says: You join the heads without swapping heads and positions back, so the features of one position come from several positions.
# repairs: multi-head-attention#failure-modes
# caught by: positions stay apart
import math

import numpy as np


def multi_head_attention(x, w_q, w_k, w_v, w_o, n_heads, mask=None):
    batch, n, d = x.shape
    width = d // n_heads

    def split(z):
        return z.reshape(batch, n, n_heads, width).transpose(0, 2, 1, 3)

    q, k, v = split(x @ w_q), split(x @ w_k), split(x @ w_v)
    scores = q @ k.transpose(0, 1, 3, 2) / math.sqrt(width)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    heads = e / e.sum(axis=-1, keepdims=True) @ v

    return heads.reshape(batch, n, d) @ w_o
