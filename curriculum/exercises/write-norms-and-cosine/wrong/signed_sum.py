# misconception: norm-without-absolute-value
# says: You add the entries with their signs; positive and negative ones cancel, and a vector that is not zero gets norm 0.
# repairs: norms-and-distances#l1-norm
# caught by: l1_norm adds absolute values
import numpy as np


def l1_norm(x):
    return np.asarray(x, dtype=np.float64).sum(axis=-1)


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
    _, scaled = _scaled(x)
    return scaled / np.maximum(l2_norm(scaled), 1)[:, None]
