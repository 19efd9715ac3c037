import math

import numpy as np


def cross_attention(y, x, w_q, w_k, w_v, source_mask=None):
    # y asks, x answers. Keys and values do not depend on y: a decoder computes them once per source.
    q, k, v = y @ w_q, x @ w_k, x @ w_v
    scores = q @ k.transpose(0, 2, 1) / math.sqrt(k.shape[-1])
    if source_mask is not None:
        # The mask speaks about keys; the axis of length one is for the queries, which all obey it.
        scores = np.where(source_mask[:, None, :], scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v
