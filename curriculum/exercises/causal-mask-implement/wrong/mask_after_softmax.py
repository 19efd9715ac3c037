# misconception: mask-after-softmax
# says: You set weights to zero after the softmax; the hidden scores are already in the sum, and the remaining weights no longer sum to one.
# repairs: causal-masking#failure-modes
# caught by: the visible weights sum to one
import numpy as np


def causal_mask(n, m):
    return np.tril(np.ones((n, m), dtype=bool), k=m - n)


def causal_softmax(scores):
    n, m = scores.shape[-2:]
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) * causal_mask(n, m)
