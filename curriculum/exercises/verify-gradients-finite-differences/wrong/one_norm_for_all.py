# misconception: relative-error-of-whole-norm
# says: You divide by the norm of the whole gradient, so a small entry that is entirely wrong hides behind the large ones.
# repairs: numerical-gradient-check#statement
# caught by: small entries show beside large ones
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
    size = max(np.linalg.norm(a), np.linalg.norm(b), 1e-8)
    return np.linalg.norm(a - b) / size
