# misconception: input-overwritten
# says: You rescale the caller's start vector in place; a caller that tries two matrices from one start gets another start the second time.
# repairs: numpy#failure-modes
# caught by: the arguments are left as they were
import numpy as np


def power_iteration(a, x0, tol, max_steps):
    x0 /= np.linalg.norm(x0)
    image = x0
    for _ in range(max_steps + 1):
        v = image / np.linalg.norm(image)
        image = a @ v
        value = v @ image
        if np.linalg.norm(image - value * v) <= tol * abs(value):
            return float(value), v, True
    return float(value), v, False
