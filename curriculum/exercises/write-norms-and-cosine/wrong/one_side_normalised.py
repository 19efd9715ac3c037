# misconception: only-one-vector-normalised
# says: You divide by the length of one vector only; the result grows with the other vector and is no cosine.
# repairs: cosine-similarity#statement
# caught by: length does not change a cosine
import numpy as np


def l1_norm(x):
    return np.abs(np.asarray(x, dtype=np.float64)).sum(axis=-1)


def l2_norm(x):
    # ||x|| = m ||x / m||: with m the largest entry all squares lie in [0, 1] and one of them is 1.
    size, scaled = _scaled(x)
    return size * np.sqrt((scaled**2).sum(axis=-1))


def linf_norm(x):
    return np.abs(np.asarray(x, dtype=np.float64)).max(axis=-1)


def cosine_similarity(a, b):
    return _directions(a) @ np.asarray(b, dtype=np.float64).T


def _scaled(x):
    size = linf_norm(x)
    return size, x / (size + (size == 0))[..., None]


def _directions(x):
    _, scaled = _scaled(x)
    return scaled / np.maximum(l2_norm(scaled), 1)[:, None]
