import numpy as np


def causal_mask(n, m):
    # Compare positions, not array indices: the last query stands at the last key, whatever n is.
    key = np.arange(m)
    query = key[m - n :]
    return key <= query[:, None]


def causal_softmax(scores):
    # Hide before anything else is computed. A later score must not enter the row maximum either: were it far
    # larger than the visible ones, these would all underflow to 0.
    visible = np.where(causal_mask(*scores.shape[-2:]), scores, -np.inf)
    # The query sees at least itself, so the maximum is finite.
    e = np.exp(visible - visible.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
