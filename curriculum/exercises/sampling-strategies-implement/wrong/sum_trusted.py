# misconception: cdf-end-trusted
# says: You trust that the cumulative sum ends in 1; rounding leaves it a little below, and a u above it draws a token that does not exist.
# repairs: sampling-strategies#statement
# caught by: a sum below 1 does no harm
import numpy as np


def sampling_probabilities(logits, temperature=1.0, top_k=None, top_p=None):
    z = np.asarray(logits, dtype=np.float64)
    order = np.argsort(-z, kind="stable")[:top_k]
    p = np.exp((z[order] - z[order[0]]) / temperature)
    p /= p.sum()
    if top_p is not None:
        count = 1 + np.count_nonzero(np.cumsum(p)[:-1] < top_p)
        order, p = order[:count], p[:count]
    result = np.zeros(z.size)
    result[order] = p / p.sum()
    return result


def draw(probabilities, u):
    cdf = np.cumsum(probabilities)
    return int(np.searchsorted(cdf, u, side="right"))
