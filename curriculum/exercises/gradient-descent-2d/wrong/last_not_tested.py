# misconception: last-point-not-tested
# says: You stop after max_steps steps without looking at the last point; the walk may have arrived with its last step.
# repairs: gradient-descent#convergence-criteria
# caught by: arrival is the length of the gradient, tested at every point
import numpy as np


def descend(grad, x0, rate, tol, max_steps):
    x = np.array(x0, dtype=np.float64)
    path = [x]
    arrived = False
    for _ in range(max_steps):
        g = grad(x)
        if np.linalg.norm(g) <= tol:
            arrived = True
            break
        x = x - rate * g
        if not np.isfinite(x).all():
            break
        path.append(x)
    return np.array(path), arrived
