# misconception: squares-overflow
# says: You square the entries as they are; beyond about 1e154 the squares are infinite and below 1e-162 they vanish, though the length is an ordinary number.
# repairs: floating-point-precision#failure-modes
# caught by: huge and tiny vectors keep their length
import numpy as np


def l1_norm(x):
    return np.abs(np.asarray(x, dtype=np.float64)).sum(axis=-1)


def l2_norm(x):
    x = np.asarray(x, dtype=np.float64)
    return np.sqrt((x**2).sum(axis=-1))


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
