# misconception: clipping-returns-norm-after
# says: You return the norm after clipping, which is the limit whenever it matters; the log needs the norm before, to show that something went wrong.
# repairs: gradient-clipping#statement
# caught by: the norm is that of all gradients before clipping
import math

import numpy as np


def clip_by_global_norm(gradients, limit):
    norm = math.sqrt(sum(np.sum(g.astype(np.float64) ** 2) for g in gradients))
    scale = limit / norm if norm > limit else 1.0
    return [g * scale for g in gradients], norm * scale
