# misconception: wrong-norm-in-the-criterion
# says: You test each component by itself; two components just below the tolerance can still make a gradient that is longer.
# repairs: norms-and-distances#statement
# caught by: arrival is the length of the gradient, tested at every point
import numpy as np


def descend(grad, x0, rate, tol, max_steps):
    x = np.array(x0, dtype=np.float64)
    path = [x]
    while True:
        g = grad(x)
        arrived = bool(np.abs(g).max() <= tol)
        if arrived or len(path) > max_steps:
            break
        x = x - rate * g
        if not np.isfinite(x).all():
            break
        path.append(x)
    return np.array(path), arrived
