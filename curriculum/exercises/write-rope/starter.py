import numpy as np


def rope(x, positions, base=10000.0):
    """Rotate each pair of neighbouring features by position times frequency (in radians).

    x: (..., n, d) queries or keys, d even
    positions: (n,) integers, the position of each token
    base: b in the frequencies b ** (-2 i / d), i = 0, ..., d/2 - 1

    Returns an array of the shape of x.
    """
    raise NotImplementedError
