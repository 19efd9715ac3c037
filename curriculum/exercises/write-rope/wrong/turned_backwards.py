# misconception: rope-sign-of-rotation
# says: You turn by the negative angle; scores still depend on the distance only, but the rotation is not the one of the formula.
# repairs: rotary-position-embedding#statement
# caught by: agrees with the formula
import numpy as np


def rope(x, positions, base=10000.0):
    d = x.shape[-1]
    frequency = base ** (-np.arange(0, d, 2) / d)
    angle = np.multiply.outer(positions, frequency)
    cos, sin = np.cos(angle), np.sin(angle)

    first, second = x[..., 0::2], x[..., 1::2]
    out = np.empty_like(x)
    out[..., 0::2] = first * cos + second * sin
    out[..., 1::2] = second * cos - first * sin
    return out
