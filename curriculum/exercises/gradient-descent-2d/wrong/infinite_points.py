# misconception: divergence-recorded
# says: You keep walking after the numbers have overflowed; the path ends in inf and NaN instead of at the last real point.
# repairs: gradient-descent#failure-modes
# caught by: a walk that diverges ends at its last finite point
import numpy as np


def descend(grad, x0, rate, tol, max_steps):
    x = np.array(x0, dtype=np.float64)
    path = [x]
    while True:
        g = grad(x)
        arrived = bool(np.linalg.norm(g) <= tol)
        if arrived or len(path) > max_steps:
            break
        x = x - rate * g
        path.append(x)
    return np.array(path), arrived
