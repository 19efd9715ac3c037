# misconception: path-holds-one-array
# says: You update one array in place and put it on the path again and again; all rows of the path show the last point.
# repairs: numpy#failure-modes
# caught by: the path follows the negative gradient
import numpy as np


def descend(grad, x0, rate, tol, max_steps):
    x = np.array(x0, dtype=np.float64)
    path = [x]
    while True:
        g = grad(x)
        arrived = bool(np.linalg.norm(g) <= tol)
        if arrived or len(path) > max_steps:
            break
        x -= rate * g
        if not np.isfinite(x).all():
            break
        path.append(x)
    return np.array(path), arrived
