# misconception: ties-all-kept
# says: You keep every logit that is at least the k-th largest; where several tie with it, more than k tokens stay.
# repairs: nucleus-sampling#top-k-sampling
# caught by: top-k keeps exactly k, ties by id
import numpy as np


def sampling_probabilities(logits, temperature=1.0, top_k=None, top_p=None):
    z = np.asarray(logits, dtype=np.float64)
    order = np.argsort(-z, kind="stable")
    if top_k is not None:
        order = order[z[order] >= z[order[min(top_k, z.size) - 1]]]
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
    return int(np.searchsorted(cdf / cdf[-1], u, side="right"))
