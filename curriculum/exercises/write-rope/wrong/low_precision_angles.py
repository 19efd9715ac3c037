# misconception: rope-angles-in-low-precision
# says: You compute angles in the type of x; at large positions a float32 angle has lost its digits and the rotation is off.
# repairs: rotary-position-embedding#failure-modes
# caught by: large positions keep their digits
import numpy as np


def rope(x, positions, base=10000.0):
    d = x.shape[-1]
    frequency = base ** (-np.arange(0, d, 2) / d)
    angle = np.multiply.outer(np.asarray(positions, dtype=x.dtype), frequency.astype(x.dtype))
    cos, sin = np.cos(angle), np.sin(angle)

    first, second = x[..., 0::2], x[..., 1::2]
    out = np.empty_like(x)
    out[..., 0::2] = first * cos - second * sin
    out[..., 1::2] = first * sin + second * cos
    return out
