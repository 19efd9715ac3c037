# misconception: coordinate-not-restored
# says: You change one working copy and do not put the entry back, so the later columns are measured at a shifted point.
# repairs: partial-derivatives#statement
# caught by: the error stays small on curved functions
# caught by: entry (i, j) is the derivative of output i by input j
# caught by: a function may hand back its own argument
import numpy as np


def numerical_jacobian(f, x):
    x = np.array(x, dtype=np.float64)
    steps = np.cbrt(np.finfo(np.float64).eps) * np.maximum(1, np.abs(x))
    columns = []
    for j, step in enumerate(steps):
        x[j] += step
        above = f(x)
        x[j] -= 2 * step
        columns.append((above - f(x)) / (2 * step))
    return np.stack(columns, axis=1)
