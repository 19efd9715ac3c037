"""Ranks by lexsort, removal by multiplication, and a clipped draw."""

import numpy as np


def sampling_probabilities(logits, temperature=1.0, top_k=None, top_p=None):
    z = np.asarray(logits, dtype=float)
    rank = np.empty(len(z), dtype=int)
    order = np.lexsort((np.arange(len(z)), -z))
    rank[order] = np.arange(len(z))
    p = np.exp((z - z.max()) / temperature)
    if top_k is not None:
        p = p * (rank < top_k)
    p = p / p.sum()
    if top_p is not None:
        before = np.concatenate([[0.0], np.cumsum(p[order])[:-1]])
        p = p * (before < top_p)[rank]
    return p / p.sum()


def draw(probabilities, u):
    p = np.asarray(probabilities, dtype=float)
    kept = np.flatnonzero(p)
    above = np.cumsum(p[kept]) > u
    return int(kept[np.argmax(above)] if above.any() else kept[-1])
