# misconception: length-as-eigenvalue
# says: You return the length of Av; a length is never negative, so a negative eigenvalue comes back with the wrong sign and the test is never met.
# repairs: eigenvalues-eigenvectors#power-iteration
# caught by: a negative eigenvalue keeps its sign
import numpy as np


def power_iteration(a, x0, tol, max_steps):
    image = x0
    for _ in range(max_steps + 1):
        v = image / np.linalg.norm(image)
        image = a @ v
        value = np.linalg.norm(image)
        if np.linalg.norm(image - value * v) <= tol * abs(value):
            return float(value), v, True
    return float(value), v, False
