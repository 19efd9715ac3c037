# misconception: rope-halves-layout
# says: You pair feature i with feature i + d/2; some code does, but here pairs are neighbours, and weights trained with one layout do not fit the other.
# repairs: rotary-position-embedding#failure-modes
# caught by: pairs are neighbours
import numpy as np


def rope(x, positions, base=10000.0):
    d = x.shape[-1]
    frequency = base ** (-np.arange(0, d, 2) / d)
    angle = np.multiply.outer(positions, frequency)
    cos, sin = np.cos(angle), np.sin(angle)

    first, second = x[..., : d // 2], x[..., d // 2 :]
    out = np.empty_like(x)
    out[..., : d // 2] = first * cos - second * sin
    out[..., d // 2 :] = first * sin + second * cos
    return out
