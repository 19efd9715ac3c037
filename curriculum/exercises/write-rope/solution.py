import numpy as np


def rope(x, positions, base=10000.0):
    d = x.shape[-1]
    frequency = base ** (-np.arange(0, d, 2) / d)
    # (n, d/2), in float64 whatever x is: at position 100 000 a float32 angle is off by several thousandths.
    angle = np.multiply.outer(positions, frequency)
    cos, sin = np.cos(angle), np.sin(angle)

    # Both coordinates of all pairs, as views; nothing is written to them.
    first, second = x[..., 0::2], x[..., 1::2]
    out = np.empty_like(x)
    out[..., 0::2] = first * cos - second * sin
    out[..., 1::2] = first * sin + second * cos
    return out
