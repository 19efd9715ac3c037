# misconception: mask-with-small-negative-number
# says: You add a moderate negative number to hidden scores, and some weight still leaks to later positions; only minus infinity gives exactly 0.
# repairs: causal-masking#failure-modes
# caught by: later keys get exactly zero
import numpy as np


def causal_mask(n, m):
    return np.tril(np.ones((n, m), dtype=bool), k=m - n)


def causal_softmax(scores):
    n, m = scores.shape[-2:]
    z = scores + np.where(causal_mask(n, m), 0.0, -10.0)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
