"""A fresh copy for each evaluation, walked through by a flat index."""

import numpy as np


def numerical_gradient(f, x, h=1e-5):
    def moved(i, by):
        y = np.array(x, dtype=np.float64)
        y.flat[i] += by
        return f(y)

    result = np.zeros(np.shape(x))
    for i in range(np.size(x)):
        result.flat[i] = 0.5 * (moved(i, h) - moved(i, -h)) / h
    return result


def relative_error(a, b):
    floor = np.full(np.shape(a), 1e-8)
    return (np.abs(np.subtract(b, a)) / np.max([np.abs(a), np.abs(b), floor], axis=0)).max()
