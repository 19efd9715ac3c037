# misconception: ratio-of-one-entry
# says: You read the eigenvalue from the ratio of one entry; where this entry of the eigenvector is zero the ratio means nothing.
# repairs: eigenvalues-eigenvectors#power-iteration
# caught by: every step gives the Rayleigh quotient
import numpy as np


def power_iteration(a, x0, tol, max_steps):
    image = x0
    for _ in range(max_steps + 1):
        v = image / np.linalg.norm(image)
        image = a @ v
        first = np.flatnonzero(v)[0]
        value = image[first] / v[first]
        if np.linalg.norm(image - value * v) <= tol * abs(value):
            return float(value), v, True
    return float(value), v, False
