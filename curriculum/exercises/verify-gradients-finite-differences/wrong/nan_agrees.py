# misconception: nan-passes-comparison
# says: You keep the larger error with `>`, and a comparison with NaN is false, so a gradient full of NaN gets the error 0.
# repairs: nan-losses#statement
# caught by: NaN is no agreement
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

        gradient[place] = (above - below) / (2 * h)
    return gradient


def relative_error(a, b):
    size = np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)
    worst = 0.0
    for error in (np.abs(a - b) / size).ravel():
        if error > worst:
            worst = error
    return worst
