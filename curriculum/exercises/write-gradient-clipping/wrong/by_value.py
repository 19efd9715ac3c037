# misconception: clipping-by-value
# says: You cut each entry to [-limit, limit]; that is clipping by value, which changes the direction and does not bound the norm.
# repairs: gradient-clipping#statement
# caught by: the direction stays
import math

import numpy as np


def clip_by_global_norm(gradients, limit):
    norm = math.sqrt(sum(np.sum(g.astype(np.float64) ** 2) for g in gradients))
    return [np.clip(g, -limit, limit) for g in gradients], norm
