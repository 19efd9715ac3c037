# misconception: central-difference-divided-by-h
# says: You divide by h, but the two points are 2h apart, so every slope comes out twice too large.
# repairs: numerical-gradient-check#statement
# caught by: it is exact for squares, with any step
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
        point[place] = old

        gradient[place] = (above - below) / h
    return gradient


def relative_error(a, b):
    size = np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)
    return np.max(np.abs(a - b) / size)
