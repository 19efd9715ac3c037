# misconception: mask-multiplies-scores
# says: You multiply the scores by the mask, so a later key has score 0 and still gets weight exp(0); only minus infinity gives weight 0.
# repairs: causal-masking#statement
# caught by: later keys get exactly zero
import numpy as np


def causal_mask(n, m):
    return np.tril(np.ones((n, m), dtype=bool), k=m - n)


def causal_softmax(scores):
    n, m = scores.shape[-2:]
    z = scores * causal_mask(n, m)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
