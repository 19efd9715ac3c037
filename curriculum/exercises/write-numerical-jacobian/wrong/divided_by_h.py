# misconception: central-difference-divided-by-h
# says: You divide by h, but the two points lie 2h apart, so every derivative comes out twice too large.
# repairs: numerical-gradient-check#statement
# caught by: entry (i, j) is the derivative of output i by input j
import numpy as np


def numerical_jacobian(f, x):
    x = np.array(x, dtype=np.float64)
    steps = np.cbrt(np.finfo(np.float64).eps) * np.maximum(1, np.abs(x))
    columns = []
    for j, step in enumerate(steps):
        ahead, behind = x.copy(), x.copy()
        ahead[j] += step
        behind[j] -= step
        columns.append((f(ahead) - f(behind)) / step)
    return np.stack(columns, axis=1)
