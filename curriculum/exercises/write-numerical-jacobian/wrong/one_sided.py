# misconception: one-sided-difference
# says: You step to one side only; the error then shrinks like h instead of h squared, and about half of the digits are wrong.
# repairs: numerical-gradient-check#statement
# caught by: the error stays small on curved functions
import numpy as np


def numerical_jacobian(f, x):
    x = np.array(x, dtype=np.float64)
    steps = np.sqrt(np.finfo(np.float64).eps) * np.maximum(1, np.abs(x))
    columns = []
    for j, step in enumerate(steps):
        ahead, behind = x.copy(), x.copy()
        ahead[j] += step
        behind[j] -= step
        columns.append((f(ahead) - f(x.copy())) / (ahead[j] - x[j]))
    return np.stack(columns, axis=1)
