"""Lengths by repeated hypot, cosines pair by pair."""

import math

import numpy as np


def l1_norm(x):
    x = np.array(x, dtype=float)
    return np.add.reduce(np.where(x < 0, -x, x), axis=-1)


def l2_norm(x):
    return np.hypot.reduce(np.array(x, dtype=float), axis=-1)


def linf_norm(x):
    x = np.array(x, dtype=float)
    return np.maximum(x.max(axis=-1), -x.min(axis=-1))


def cosine_similarity(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    out = np.zeros((len(a), len(b)))
    for i, left in enumerate(a):
        for j, right in enumerate(b):
            m, n = max(map(abs, left)), max(map(abs, right))
            if m > 0 and n > 0:
                u, v = left / m, right / n
                value = math.fsum(u * v) / (math.hypot(*u) * math.hypot(*v))
                out[i, j] = min(1.0, max(-1.0, value))
    return out
