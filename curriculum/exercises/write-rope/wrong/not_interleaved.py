# misconception: rope-output-not-interleaved
# says: You put all first coordinates before all second ones; each pair must go back to the places it came from.
# repairs: rotary-position-embedding#statement
# caught by: position zero changes nothing
import numpy as np


def rope(x, positions, base=10000.0):
    d = x.shape[-1]
    frequency = base ** (-np.arange(0, d, 2) / d)
    angle = np.multiply.outer(positions, frequency)
    cos, sin = np.cos(angle), np.sin(angle)

    first, second = x[..., 0::2], x[..., 1::2]
    return np.concatenate([first * cos - second * sin, first * sin + second * cos], axis=-1)
