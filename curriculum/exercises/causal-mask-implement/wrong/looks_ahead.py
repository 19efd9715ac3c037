# misconception: causal-mask-transposed
# says: You keep the upper triangle, so each position sees the future and not the past; keep the keys at or before the query.
# repairs: causal-masking#statement
# caught by: the mask shows the past and the position itself
import numpy as np


def causal_mask(n, m):
    position = np.arange(m)
    return position[None, :] >= position[m - n :, None]


def causal_softmax(scores):
    n, m = scores.shape[-2:]
    z = np.where(causal_mask(n, m), scores, -np.inf)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
