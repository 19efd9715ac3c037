# misconception: result-dtype-of-first-operand
# says: You store the result in the dtype of the first matrix; integers times floats then lose everything behind the decimal point.
# repairs: numpy#failure-modes
# caught by: the dtype is that of both matrices together
import numpy as np


def matmul(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError(f"cannot multiply matrices of shapes {a.shape} and {b.shape}")
    out = np.zeros((a.shape[0], b.shape[1]), dtype=a.dtype)
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            out[i, j] = (a[i] * b[:, j]).sum()
    return out
