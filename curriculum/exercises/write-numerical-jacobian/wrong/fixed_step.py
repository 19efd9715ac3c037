# misconception: step-not-scaled
# says: You use the same small step everywhere; around an entry of 1e8 it is lost among the gaps between floats.
# repairs: numerical-gradient-check#failure-modes
# caught by: large entries get a larger step
import numpy as np


def numerical_jacobian(f, x):
    x = np.array(x, dtype=np.float64)
    steps = np.full(len(x), 1e-5)
    columns = []
    for j, step in enumerate(steps):
        ahead, behind = x.copy(), x.copy()
        ahead[j] += step
        behind[j] -= step
        columns.append((f(ahead) - f(behind)) / (ahead[j] - behind[j]))
    return np.stack(columns, axis=1)
