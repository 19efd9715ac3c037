"""Divides by the largest entry first, in float64, so that no square is larger than one."""

import numpy as np


def rms_norm(x, gain, eps=1e-6):
    wide = np.asarray(x, dtype=np.float64)
    largest = np.max(np.abs(wide), axis=-1, keepdims=True)
    largest[largest == 0] = 1.0
    scaled = wide / largest
    inverse = 1.0 / np.sqrt(np.sum(scaled * scaled, axis=-1, keepdims=True) / x.shape[-1] + eps / largest**2)
    return np.asarray(scaled * inverse * gain, dtype=x.dtype)
