# misconception: mask-only-first-head
# says: You mask the first head only, and the other heads still see hidden keys; one mask holds for every head.
# repairs: causal-masking#masked-attention
# caught by: hidden keys do not matter
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
        scores[:, 0] = np.where(mask, scores[:, 0], -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    heads = e / e.sum(axis=-1, keepdims=True) @ v

    return heads.transpose(0, 2, 1, 3).reshape(batch, n, d) @ w_o
