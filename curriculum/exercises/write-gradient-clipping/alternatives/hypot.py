"""The length by math.hypot over plain numbers, array by array and then over the lengths."""

import math

import numpy as np


def clip_by_global_norm(gradients, limit):
    lengths = [math.hypot(*(float(entry) for entry in g.flat)) for g in gradients]
    norm = math.hypot(*lengths)
    factor = max(norm / limit, 1.0)
    return tuple(np.asarray(g, dtype=np.float64) / factor for g in gradients), norm
