# misconception: cross-attention-roles-swapped
# says: You take the queries from the source and the keys and values from y; the sequence that is being written asks, and the source answers.
# repairs: cross-attention#common-mistakes
# caught by: the order of the source does not matter
import math

import numpy as np


def cross_attention(y, x, w_q, w_k, w_v, source_mask=None):
    q, k, v = x @ w_q, y @ w_k, y @ w_v
    scores = q @ k.swapaxes(1, 2) / math.sqrt(k.shape[-1])
    if source_mask is not None:
        scores = np.where(source_mask[:, :, None], scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v
