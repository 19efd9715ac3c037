import math

import numpy as np


def clip_by_global_norm(gradients, limit):
    # One sum over everything, one root at the end. In float64, because squares leave the range of float32
    # when the entries are still well inside it.
    norm = math.sqrt(sum(np.sum(g.astype(np.float64) ** 2) for g in gradients))

    # Comparing first keeps short gradients as they are and a norm of zero out of the division.
    # One factor for all arrays: the direction of the whole stays.
    scale = limit / norm if norm > limit else 1.0
    return [g * scale for g in gradients], norm
