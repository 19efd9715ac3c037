# misconception: perturbs-whole-rows
# says: You loop over the first axis only, so in a matrix a whole row moves at once and all its slopes are added up.
# repairs: numerical-gradient-check#statement
# caught by: arrays of any shape
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x, dtype=np.float64)
    gradient = np.empty_like(point)

    for place in range(len(point)) if point.ndim else [()]:
        old = point[place].copy()
        point[place] = old + h
        above = f(point)
        point[place] = old - h
        below = f(point)
        point[place] = old

        gradient[place] = (above - below) / (2 * h)
    return gradient


def relative_error(a, b):
    size = np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)
    return np.max(np.abs(a - b) / size)
