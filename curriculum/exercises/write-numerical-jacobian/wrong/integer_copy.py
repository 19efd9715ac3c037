# misconception: integers-cut-the-step
# says: You keep the dtype of x; written into an integer array, x + h is cut back to an integer, so the step is a whole unit or nothing.
# repairs: numpy#failure-modes
# caught by: integers are points too
import numpy as np


def numerical_jacobian(f, x):
    x = np.array(x)
    steps = np.cbrt(np.finfo(np.float64).eps) * np.maximum(1, np.abs(x))
    columns = []
    for j, step in enumerate(steps):
        ahead, behind = x.copy(), x.copy()
        ahead[j] += step
        behind[j] -= step
        columns.append((f(ahead) - f(behind)) / (ahead[j] - behind[j]))
    return np.stack(columns, axis=1)
