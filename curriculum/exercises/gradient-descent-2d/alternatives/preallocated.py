"""Rows of a table filled one by one, coordinates as plain floats."""

import math

import numpy as np


def descend(grad, x0, rate, tol, max_steps):
    path = np.empty((max_steps + 1, 2))
    path[0] = x0
    for step in range(max_steps + 1):
        gx, gy = (float(t) for t in grad(path[step].copy()))
        if math.hypot(gx, gy) <= tol:
            return path[: step + 1], True
        if step == max_steps:
            return path, False
        x, y = path[step, 0] - rate * gx, path[step, 1] - rate * gy
        if not (math.isfinite(x) and math.isfinite(y)):
            return path[: step + 1], False
        path[step + 1] = x, y
