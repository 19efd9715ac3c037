# misconception: difference-step-too-small
# says: You replace the step by 1e-15 to be exact, and then the difference is nothing but rounding.
# repairs: numerical-gradient-check#common-mistakes
# caught by: it is close to the true gradient with the step it comes with
import numpy as np


def numerical_gradient(f, x, h=1e-5):
    h = min(h, 1e-15)
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
    return np.max(np.abs(a - b) / size)
