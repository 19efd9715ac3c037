# misconception: difference-not-restored
# says: You do not put the entry back, so each slope is taken at a point that the earlier entries have moved.
# repairs: numerical-gradient-check#statement
# caught by: every slope is taken at the same point
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    gradient = np.empty_like(point)

    for place in np.ndindex(point.shape):
        old = point[place]
        point[place] = old + h
        above = f(point)
        point[place] = old - h
        below = f(point)

        gradient[place] = (above - below) / (2 * h)
    return gradient


def relative_error(a, b):
    size = np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)
    return np.max(np.abs(a - b) / size)
