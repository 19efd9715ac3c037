"""A cosine is a sine a quarter turn ahead; frequencies by logarithms; answered in float32."""

import numpy as np


def sinusoidal_encoding(positions, d, base=10000.0):
    column = np.arange(d)
    frequency = np.exp(-(column // 2 * 2) * (np.log(base) / d))
    phase = np.pi / 2 * (column % 2)
    return np.sin(np.asarray(positions, dtype=np.float64)[:, None] * frequency + phase).astype(np.float32)
