# misconception: matrix-powers-formed
# says: You multiply the matrix with itself; one product of two matrices costs n times as much as one with a vector.
# repairs: matrix-multiplication#failure-modes
# caught by: a step costs n squared
import numpy as np


def power_iteration(a, x0, tol, max_steps):
    start = x0 / np.linalg.norm(x0)
    power = np.eye(len(x0))
    for _ in range(max_steps + 1):
        v = power @ start
        v = v / np.linalg.norm(v)
        image = a @ v
        value = v @ image
        if np.linalg.norm(image - value * v) <= tol * abs(value):
            return float(value), v, True
        power = a @ power
        power = power / np.linalg.norm(power)
    return float(value), v, False
