# misconception: mask-after-softmax-renormalised
# says: You mask the finished softmax and divide again; if a hidden score is far above the visible ones, these have already underflowed to zero.
# repairs: causal-masking#failure-modes
# caught by: hidden scores do not matter
import numpy as np


def causal_mask(n, m):
    return np.tril(np.ones((n, m), dtype=bool), k=m - n)


def causal_softmax(scores):
    n, m = scores.shape[-2:]
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True) * causal_mask(n, m)
    return weights / weights.sum(axis=-1, keepdims=True)
