# misconception: epsilon-in-the-denominator
# says: You add a small number to every length; it spares you the zero vector and makes the cosine of short vectors too small.
# repairs: cosine-similarity#failure-modes
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
    cosines = _directions(a) @ _directions(b).T
    return np.clip(cosines, -1, 1)  # rounding may lead just outside, where arccos gives NaN


def _scaled(x):
    size = linf_norm(x)
    return size, x / (size + (size == 0))[..., None]


def _directions(x):
    x = np.asarray(x, dtype=np.float64)
    return x / (l2_norm(x) + 1e-8)[:, None]
