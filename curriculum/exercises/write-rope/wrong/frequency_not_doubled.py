# misconception: position-exponent-without-two
# says: Your frequencies are base^(-i/d) for pair i; the exponent is -2i/d, and without the two the slowest pair turns far too fast.
# repairs: rotary-position-embedding#statement
# caught by: agrees with the formula
import numpy as np


def rope(x, positions, base=10000.0):
    d = x.shape[-1]
    frequency = base ** (-np.arange(d // 2) / d)
    angle = np.multiply.outer(positions, frequency)
    cos, sin = np.cos(angle), np.sin(angle)

    first, second = x[..., 0::2], x[..., 1::2]
    out = np.empty_like(x)
    out[..., 0::2] = first * cos - second * sin
    out[..., 1::2] = first * sin + second * cos
    return out
