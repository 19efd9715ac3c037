# misconception: positions-restart-at-zero
# says: You count positions from 0 and ignore those given; with a cache a new token would be turned as if it were the first.
# repairs: rotary-position-embedding#failure-modes
# caught by: positions are taken as given
import numpy as np


def rope(x, positions, base=10000.0):
    d = x.shape[-1]
    frequency = base ** (-np.arange(0, d, 2) / d)
    angle = np.multiply.outer(np.arange(x.shape[-2]), frequency)
    cos, sin = np.cos(angle), np.sin(angle)

    first, second = x[..., 0::2], x[..., 1::2]
    out = np.empty_like(x)
    out[..., 0::2] = first * cos - second * sin
    out[..., 1::2] = first * sin + second * cos
    return out
