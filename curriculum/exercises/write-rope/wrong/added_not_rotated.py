# misconception: rope-adds-position
# says: You add sines and cosines to x; a rotary embedding multiplies, it turns each pair and keeps its length.
# repairs: rotary-position-embedding#why
# caught by: the length of each pair is kept
import numpy as np


def rope(x, positions, base=10000.0):
    d = x.shape[-1]
    frequency = base ** (-np.arange(0, d, 2) / d)
    angle = np.multiply.outer(positions, frequency)
    cos, sin = np.cos(angle), np.sin(angle)

    first, second = x[..., 0::2], x[..., 1::2]
    out = np.empty_like(x)
    out[..., 0::2] = first + sin
    out[..., 1::2] = second + cos
    return out
