# misconception: clipping-without-root
# says: You compare the sum of the squares with the limit; the norm is its root.
# repairs: gradient-clipping#statement
# caught by: the norm is that of all gradients before clipping
import numpy as np


def clip_by_global_norm(gradients, limit):
    norm = float(sum(np.sum(g.astype(np.float64) ** 2) for g in gradients))
    scale = limit / norm if norm > limit else 1.0
    return [g * scale for g in gradients], norm
