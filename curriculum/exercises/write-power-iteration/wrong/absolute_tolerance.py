# misconception: absolute-tolerance
# says: You compare the residual with tol alone; a matrix of small entries passes at once with a wrong vector, one of large entries never does.
# repairs: gradient-descent#convergence-criteria
# caught by: the size of the entries does not matter
import numpy as np


def power_iteration(a, x0, tol, max_steps):
    image = x0
    for _ in range(max_steps + 1):
        v = image / np.linalg.norm(image)
        image = a @ v
        value = v @ image
        if np.linalg.norm(image - value * v) <= tol:
            return float(value), v, True
    return float(value), v, False
