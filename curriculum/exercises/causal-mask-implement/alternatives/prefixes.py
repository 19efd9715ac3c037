"""Row by row: the softmax of a prefix, the rest stays zero."""

import numpy as np


def causal_mask(n, m):
    return np.array([[j <= m - n + i for j in range(m)] for i in range(n)])


def causal_softmax(scores):
    n, m = scores.shape[-2:]
    weights = np.zeros(scores.shape)
    for i in range(n):
        end = m - n + i + 1
        prefix = scores[..., i, :end].astype(np.float64)
        e = np.exp(prefix - prefix.max(axis=-1, keepdims=True))
        weights[..., i, :end] = e / e.sum(axis=-1, keepdims=True)
    return weights
