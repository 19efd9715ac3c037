"""np.tril with a shifted diagonal, and a mask of zeros and minus infinities that is added."""

import numpy as np


def causal_mask(n, m):
    return np.tril(np.ones((n, m), dtype=bool), k=m - n)


def causal_softmax(scores):
    n, m = scores.shape[-2:]
    bias = np.zeros((n, m), dtype=scores.dtype)
    bias[~causal_mask(n, m)] = -np.inf
    z = scores + bias
    z -= z.max(axis=-1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=-1, keepdims=True)
    return z
