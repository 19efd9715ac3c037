# misconception: top-p-before-top-k
# says: You take the nucleus of the full distribution, as if top-k had not acted; after top-k the probabilities are larger and fewer tokens reach p.
# repairs: sampling-strategies#statement
# caught by: top-p acts after top-k
import numpy as np


def sampling_probabilities(logits, temperature=1.0, top_k=None, top_p=None):
    z = np.asarray(logits, dtype=np.float64)
    order = np.argsort(-z, kind="stable")
    p = np.exp((z[order] - z[order[0]]) / temperature)
    p /= p.sum()
    if top_p is not None:
        count = 1 + np.count_nonzero(np.cumsum(p)[:-1] < top_p)
        order, p = order[:count], p[:count]
    order, p = order[:top_k], p[:top_k]
    result = np.zeros(z.size)
    result[order] = p / p.sum()
    return result


def draw(probabilities, u):
    cdf = np.cumsum(probabilities)
    return int(np.searchsorted(cdf / cdf[-1], u, side="right"))
