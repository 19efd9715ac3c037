"""Row by row, and the vector turned so that it does not flip: the sign of a vector is free."""

import numpy as np


def power_iteration(a, x0, tol, max_steps):
    n = len(x0)
    v = np.array(x0, dtype=np.float64)
    v /= np.sqrt(np.sum(np.square(v)))
    steps = 0
    while True:
        y = np.array([np.sum(a[i] * v) for i in range(n)])
        value = float(np.sum(y * v))
        rest = y - value * v
        if np.sqrt(np.sum(np.square(rest))) <= tol * np.abs(value):
            return value, v, True
        if steps >= max_steps:
            return value, v, False
        v = y / np.sqrt(np.sum(np.square(y)))
        if value < 0:
            v = -v
        steps += 1
