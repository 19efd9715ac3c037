# misconception: kept-mass-not-renormalised
# says: You leave the kept probabilities as they were; they sum to the kept mass, not to 1.
# repairs: nucleus-sampling#statement
# caught by: the result is a distribution
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
    result[order] = p
    return result


def draw(probabilities, u):
    cdf = np.cumsum(probabilities)
    return int(np.searchsorted(cdf / cdf[-1], u, side="right"))
