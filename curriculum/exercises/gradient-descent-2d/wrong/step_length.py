# misconception: stops-on-step-length
# says: You stop when the step is short; a small learning rate makes every step short, also on a steep slope.
# repairs: gradient-descent#convergence-criteria
# caught by: arrival is the length of the gradient, tested at every point
import numpy as np


def descend(grad, x0, rate, tol, max_steps):
    x = np.array(x0, dtype=np.float64)
    path = [x]
    while True:
        g = grad(x)
        arrived = bool(np.linalg.norm(rate * g) <= tol)
        if arrived or len(path) > max_steps:
            break
        x = x - rate * g
        if not np.isfinite(x).all():
            break
        path.append(x)
    return np.array(path), arrived
