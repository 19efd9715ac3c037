# misconception: step-lost-in-integer-array
# says: You keep the type of x, and an integer array rounds the step of 0.00001 away.
# repairs: numerical-gradient-check#failure-modes
# caught by: integer points work
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    point = np.array(x)
    gradient = np.empty(point.shape)

    for place in np.ndindex(point.shape):
        old = point[place]
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
