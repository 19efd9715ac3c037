# misconception: probabilities-left-sorted
# says: You return the probabilities in sorted order; entry i must be the probability of token i.
# repairs: nucleus-sampling#statement
# caught by: the temperature divides the logits
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
    result[: p.size] = p / p.sum()
    return result


def draw(probabilities, u):
    cdf = np.cumsum(probabilities)
    return int(np.searchsorted(cdf / cdf[-1], u, side="right"))
