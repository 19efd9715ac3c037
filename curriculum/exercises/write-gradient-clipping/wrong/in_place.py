# misconception: clipping-changes-its-input
# says: You scale the caller's arrays in place; here the gradients stay unchanged, so that they can still be logged or clipped again.
# repairs: gradient-clipping#statement
# caught by: the gradients passed in stay as they are
import math

import numpy as np


def clip_by_global_norm(gradients, limit):
    norm = math.sqrt(sum(np.sum(g.astype(np.float64) ** 2) for g in gradients))
    if norm > limit:
        for g in gradients:
            g *= limit / norm
    return gradients, norm
