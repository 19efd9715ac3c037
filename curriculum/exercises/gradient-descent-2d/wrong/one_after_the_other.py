# misconception: coordinates-one-after-the-other
# says: You move the first coordinate and then use it in the gradient for the second; in gradient descent both move from the same point.
# repairs: gradient-descent#common-mistakes
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
        x = x.copy()
        x[0] -= rate * g[0]
        x[1] -= rate * grad(x)[1]
        if not np.isfinite(x).all():
            break
        path.append(x)
    return np.array(path), arrived
