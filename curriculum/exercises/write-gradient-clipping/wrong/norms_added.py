# misconception: clipping-adds-norms
# says: You add up the lengths of the arrays; the length of the whole is the root of the sum of their squares, which is smaller.
# repairs: gradient-clipping#statement
# caught by: the norm is that of all gradients before clipping
import math

import numpy as np


def clip_by_global_norm(gradients, limit):
    norm = sum(math.sqrt(np.sum(g.astype(np.float64) ** 2)) for g in gradients)
    scale = limit / norm if norm > limit else 1.0
    return [g * scale for g in gradients], norm
