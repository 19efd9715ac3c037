"""One entry of a working copy is changed and put back; the result is filled column by column."""

import numpy as np


def numerical_jacobian(f, x):
    point = np.array([float(t) for t in x])
    m = len(f(point.copy()))
    out = np.zeros((m, len(point)))
    for j in range(len(point)):
        kept = point[j]
        h = 1e-5 * (1 + abs(kept))
        point[j] = kept + h
        up = np.array(f(point))
        point[j] = kept - h
        down = np.array(f(point))
        point[j] = kept
        for i in range(m):
            out[i, j] = (up[i] - down[i]) / (2 * h)
    return out
