# misconception: norm-without-absolute-value
# says: You take the largest entry with its sign; a large negative entry is far from zero too.
# repairs: norms-and-distances#statement
# caught by: linf_norm is the largest absolute value
import numpy as np


def l1_norm(x):
    return np.abs(np.asarray(x, dtype=np.float64)).sum(axis=-1)


def l2_norm(x):
    # ||x|| = m ||x / m||: with m the largest entry all squares lie in [0, 1] and one of them is 1.
    size, scaled = _scaled(x)
    return size * np.sqrt((scaled**2).sum(axis=-1))


def linf_norm(x):
    return np.asarray(x, dtype=np.float64).max(axis=-1)


def cosine_similarity(a, b):
    cosines = _directions(a) @ _directions(b).T
    return np.clip(cosines, -1, 1)  # rounding may lead just outside, where arccos gives NaN


def _scaled(x):
    size = np.abs(x).max(axis=-1)
    return size, x / (size + (size == 0))[..., None]


def _directions(x):
    _, scaled = _scaled(x)
    return scaled / np.maximum(l2_norm(scaled), 1)[:, None]
