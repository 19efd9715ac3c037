"""Loops over the ranks; removed tokens get a logit of -inf and softmax does the rest."""

import numpy as np


def _softmax(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def sampling_probabilities(logits, temperature=1.0, top_k=None, top_p=None):
    top = max(logits)
    z = np.array([(value - top) / temperature for value in logits])
    ranked = sorted(range(len(z)), key=lambda i: (-logits[i], i))
    if top_k is not None:
        for i in ranked[top_k:]:
            z[i] = -np.inf
    if top_p is not None:
        p = _softmax(z)
        mass = 0.0
        for i in ranked:
            if mass >= top_p:
                z[i] = -np.inf
            mass += p[i]
    return _softmax(z)


def draw(probabilities, u):
    total = float(sum(probabilities))
    reached, last = 0.0, 0
    for i, p in enumerate(probabilities):
        reached += float(p)
        if p > 0:
            last = i
            if reached / total > u:
                return i
    return last
