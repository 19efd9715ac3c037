"""Each step as a call that returns the rest of the path."""

import numpy as np


def descend(grad, x0, rate, tol, max_steps):
    points, arrived, left = [], False, max_steps
    x = np.asarray(x0).astype(float)
    while np.isfinite(x).all():
        points.append(x.copy())
        slope = np.asarray(grad(x.copy()))
        if np.sqrt(np.sum(slope * slope)) <= tol:
            arrived = True
        if arrived or not left:
            break
        x += -rate * slope
        left -= 1
    return np.stack(points), arrived
