import numpy as np


def numerical_gradient(f, x, h=1e-5):
    # A copy, so that the caller's point stays where it is, and in double precision: an integer array would
    # swallow the step, and in single precision the difference drowns in rounding.
    point = np.array(x, dtype=np.float64)
    gradient = np.empty_like(point)

    for place in np.ndindex(point.shape):
        old = point[place]
        point[place] = old + h
        above = f(point)
        point[place] = old - h
        below = f(point)
        # Put back what was there. (old + h) - h is not always old.
        point[place] = old

        # The even terms of the Taylor series cancel: the error is of order h^2.
        gradient[place] = (above - below) / (2 * h)
    return gradient


def relative_error(a, b):
    # Each entry has its own yardstick. The floor lets two zeros agree instead of giving 0 / 0.
    size = np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)
    return np.max(np.abs(a - b) / size)
