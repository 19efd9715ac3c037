# misconception: rescaled-only-at-the-end
# says: You let the vector grow and rescale it only at the end; after enough steps it overflows or vanishes.
# repairs: eigenvalues-eigenvectors#power-iteration
# caught by: the size of the entries does not matter
import numpy as np


def power_iteration(a, x0, tol, max_steps):
    x = np.array(x0, dtype=float)
    for step in range(max_steps + 1):
        v = x / np.linalg.norm(x)
        image = a @ v
        value = v @ image
        if np.linalg.norm(image - value * v) <= tol * abs(value):
            return float(value), v, True
        x = a @ x
    return float(value), v, False
