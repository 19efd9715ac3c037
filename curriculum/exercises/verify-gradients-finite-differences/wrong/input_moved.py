# misconception: add-and-subtract-restores
# says: You move the caller's array and come back by adding and subtracting h, which does not always give the old number in floats.
# repairs: floating-point-precision#common-mistakes
# caught by: the point stays exactly as it is
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    point = np.asarray(x, dtype=np.float64)
    gradient = np.empty_like(point)

    for place in np.ndindex(point.shape):
        point[place] += h
        above = f(point)
        point[place] -= 2 * h
        below = f(point)
        point[place] += h
        gradient[place] = (above - below) / (2 * h)
    return gradient


def relative_error(a, b):
    size = np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)
    return np.max(np.abs(a - b) / size)
