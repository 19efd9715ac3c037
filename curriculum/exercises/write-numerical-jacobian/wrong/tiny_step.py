# misconception: step-too-small
# says: You choose a tiny step to be exact; the two values then agree in nearly all digits and the difference is mostly rounding.
# repairs: numerical-gradient-check#common-mistakes
# caught by: the error stays small on curved functions
import numpy as np


def numerical_jacobian(f, x):
    x = np.array(x, dtype=np.float64)
    steps = np.full(len(x), 1e-12)
    columns = []
    for j, step in enumerate(steps):
        ahead, behind = x.copy(), x.copy()
        ahead[j] += step
        behind[j] -= step
        columns.append((f(ahead) - f(behind)) / (ahead[j] - behind[j]))
    return np.stack(columns, axis=1)
