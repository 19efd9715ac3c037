"""Gradient descent in the plane, with the path it took."""

import numpy as np


def descend(grad, x0, rate, tol, max_steps):
    """(path, arrived) of gradient descent from x0."""
    x = np.array(x0, dtype=np.float64)
    path = [x]
    while True:
        g = grad(x)
        arrived = bool(np.linalg.norm(g) <= tol)
        if arrived or len(path) > max_steps:
            break
        # A new array: `x -= ...` would change the points that are already on the path. Both coordinates
        # move together, from the gradient at the old point.
        x = x - rate * g
        if not np.isfinite(x).all():
            break
        path.append(x)
    return np.array(path), arrived
