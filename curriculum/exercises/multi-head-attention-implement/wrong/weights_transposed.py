# misconception: weights-act-from-the-left
# says: You multiply by the transposed matrices; here they act from the right, as x @ w, and since they are square the shapes do not warn you.
# repairs: multi-head-attention#statement
# caught by: agrees with the formula
import math

import numpy as np


def multi_head_attention(x, w_q, w_k, w_v, w_o, n_heads, mask=None):
    batch, n, d = x.shape
    width = d // n_heads

    def split(z):
        return z.reshape(batch, n, n_heads, width).transpose(0, 2, 1, 3)

    q, k, v = split(x @ w_q.T), split(x @ w_k.T), split(x @ w_v.T)
    scores = q @ k.transpose(0, 1, 3, 2) / math.sqrt(width)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    heads = e / e.sum(axis=-1, keepdims=True) @ v

    return heads.transpose(0, 2, 1, 3).reshape(batch, n, d) @ w_o.T
