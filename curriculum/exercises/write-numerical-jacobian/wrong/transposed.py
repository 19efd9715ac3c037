# misconception: jacobian-transposed
# says: You put the derivatives by one input into a row; in a Jacobian outputs index rows and inputs index columns.
# repairs: jacobian-matrix#statement
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
        columns.append((f(ahead) - f(behind)) / (ahead[j] - behind[j]))
    return np.stack(columns, axis=0)
