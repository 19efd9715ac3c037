# misconception: clipping-each-array-alone
# says: You clip each array to the limit by itself; arrays shrink by different factors, so the direction of the whole changes.
# repairs: gradient-clipping#worked-example
# caught by: the direction stays
import math

import numpy as np


def clip_by_global_norm(gradients, limit):
    clipped, total = [], 0.0
    for g in gradients:
        square = np.sum(g.astype(np.float64) ** 2)
        length = math.sqrt(square)
        total += square
        clipped.append(g * (limit / length) if length > limit else g.copy())
    return clipped, math.sqrt(total)
