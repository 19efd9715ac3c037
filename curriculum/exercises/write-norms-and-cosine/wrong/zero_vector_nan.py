# misconception: zero-vector-divided
# says: You divide a zero vector by its length 0; the quotient 0/0 is NaN, and the result was to be 0.
# repairs: cosine-similarity#failure-modes
# caught by: a zero vector has cosine 0
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
    cosines = _directions(a) @ _directions(b).T
    return np.clip(cosines, -1, 1)  # rounding may lead just outside, where arccos gives NaN


def _scaled(x):
    size = linf_norm(x)
    return size, x / (size + (size == 0))[..., None]


def _directions(x):
    x = np.asarray(x, dtype=np.float64)
    return x / l2_norm(x)[:, None]
