# misconception: squares-overflow-in-single-precision
# says: You square in float32; beyond about 1.8e19 the square is infinite and below about 1e-23 it is zero, while the gradient itself is still fine.
# repairs: gradient-clipping#failure-modes
# caught by: large and small entries keep their norm
import math

import numpy as np


def clip_by_global_norm(gradients, limit):
    norm = math.sqrt(sum(float(np.sum(g**2)) for g in gradients))
    scale = limit / norm if norm > limit else 1.0
    return [g * scale for g in gradients], norm
