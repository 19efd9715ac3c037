# misconception: one-sided-difference
# says: You take the one-sided difference (f(x + h) − f(x))/h, whose error is of order h and not h².
# repairs: numerical-gradient-check#statement
# caught by: it is exact for squares, with any step
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    gradient = np.empty_like(point)

    here = f(point)
    for place in np.ndindex(point.shape):
        old = point[place]
        point[place] = old + h
        gradient[place] = (f(point) - here) / h
        point[place] = old
    return gradient


def relative_error(a, b):
    size = np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)
    return np.max(np.abs(a - b) / size)
