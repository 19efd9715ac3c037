"""Three norms, and the cosine of all pairs of rows."""

import numpy as np


def l1_norm(x):
    """Sum of absolute values along the last axis."""
    return np.abs(np.asarray(x, dtype=np.float64)).sum(axis=-1)


def l2_norm(x):
    """Euclidean length along the last axis."""
    # ||x|| = m ||x / m||: with m the largest entry all squares lie in [0, 1] and one of them is 1.
    size, scaled = _scaled(x)
    return size * np.sqrt((scaled**2).sum(axis=-1))


def linf_norm(x):
    """Largest absolute value along the last axis."""
    return np.abs(np.asarray(x, dtype=np.float64)).max(axis=-1)


def cosine_similarity(a, b):
    """Dot products of unit vectors, for all pairs of rows."""
    cosines = _directions(a) @ _directions(b).T
    return cosines.clip(-1, 1)  # rounding may lead just outside, where arccos gives NaN


def _scaled(x):
    """The largest entry of each vector, and the vector divided by it; a zero vector stays zero."""
    size = linf_norm(x)
    return size, x / np.where(size == 0, np.inf, size)[..., None]


def _directions(x):
    """Unit vectors. The scaled rows have length at least 1, or they are zero."""
    _, scaled = _scaled(x)
    return scaled / l2_norm(scaled).clip(min=1)[:, None]
