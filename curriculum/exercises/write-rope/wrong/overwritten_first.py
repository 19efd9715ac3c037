# misconception: rotation-uses-overwritten-coordinate
# says: You write the first coordinate before you compute the second, so the second uses the new value; compute both from the old ones.
# repairs: rotary-position-embedding#statement
# caught by: the length of each pair is kept
import numpy as np


def rope(x, positions, base=10000.0):
    d = x.shape[-1]
    frequency = base ** (-np.arange(0, d, 2) / d)
    angle = np.multiply.outer(positions, frequency)
    cos, sin = np.cos(angle), np.sin(angle)

    out = x.copy()
    out[..., 0::2] = out[..., 0::2] * cos - out[..., 1::2] * sin
    out[..., 1::2] = out[..., 0::2] * sin + out[..., 1::2] * cos
    return out
