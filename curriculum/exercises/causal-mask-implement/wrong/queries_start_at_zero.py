# misconception: causal-mask-top-left
# says: You give the first query position 0 even when earlier keys exist; the queries are the last n positions, so the first one stands at m - n.
# repairs: causal-masking#common-mistakes
# caught by: the queries are the last positions
import numpy as np


def causal_mask(n, m):
    return np.tril(np.ones((n, m), dtype=bool))


def causal_softmax(scores):
    n, m = scores.shape[-2:]
    z = np.where(causal_mask(n, m), scores, -np.inf)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
