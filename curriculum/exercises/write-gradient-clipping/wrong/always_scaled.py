# misconception: clipping-lengthens-short-gradients
# says: You scale in every case, so short gradients grow to the limit; clipping leaves them as they are, or a training near its minimum never settles.
# repairs: gradient-clipping#statement
# caught by: short gradients stay as they are
import math

import numpy as np


def clip_by_global_norm(gradients, limit):
    norm = math.sqrt(sum(np.sum(g.astype(np.float64) ** 2) for g in gradients))
    if norm == 0:
        return [g.copy() for g in gradients], norm
    return [g * (limit / norm) for g in gradients], norm
