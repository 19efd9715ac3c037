# misconception: stops-on-change-of-vector
# says: You stop when v no longer changes; with a negative eigenvalue v turns round in every step and the test is never met.
# repairs: eigenvalues-eigenvectors#power-iteration
# caught by: a negative eigenvalue keeps its sign
import numpy as np


def power_iteration(a, x0, tol, max_steps):
    v = x0 / np.linalg.norm(x0)
    for _ in range(max_steps + 1):
        old, image = v, a @ v
        value = v @ image
        if not image.any():
            return float(value), v, True
        v = image / np.linalg.norm(image)
        if np.linalg.norm(v - old) <= tol:
            return float(value), old, True
    return float(value), old, False
