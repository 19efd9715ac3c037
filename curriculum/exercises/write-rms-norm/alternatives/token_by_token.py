"""One token at a time, through the length of the vector: its root mean square is the length over √d."""

import math

import numpy as np


def rms_norm(x, gain, eps=1e-6):
    d = x.shape[-1]
    out = np.zeros_like(x)
    for place in np.ndindex(*x.shape[:-1]):
        token = [float(entry) for entry in x[place]]
        size = math.hypot(math.hypot(*token) / math.sqrt(d), math.sqrt(eps))
        out[place] = [g * entry / size for g, entry in zip(gain, token)]
    return out
