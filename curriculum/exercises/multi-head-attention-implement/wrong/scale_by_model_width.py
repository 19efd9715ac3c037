# misconception: attention-scale-by-model-width
# says: You divide by the square root of the model width; the scores of a head are sums of d/h products, so the scale is the square root of the width of one head.
# repairs: scaled-dot-product-attention#common-mistakes
# caught by: the scale is the root of the head width
import math

import numpy as np


def multi_head_attention(x, w_q, w_k, w_v, w_o, n_heads, mask=None):
    batch, n, d = x.shape
    width = d // n_heads

    def split(z):
        return z.reshape(batch, n, n_heads, width).transpose(0, 2, 1, 3)

    q, k, v = split(x @ w_q), split(x @ w_k), split(x @ w_v)
    scores = q @ k.transpose(0, 1, 3, 2) / math.sqrt(d)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    heads = e / e.sum(axis=-1, keepdims=True) @ v

    return heads.transpose(0, 2, 1, 3).reshape(batch, n, d) @ w_o
