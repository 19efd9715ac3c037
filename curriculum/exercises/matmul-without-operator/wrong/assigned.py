# misconception: assigned-instead-of-added
# says: You assign each product where it should be added; only the last term of every sum survives.
# repairs: matrix-multiplication#statement
# caught by: each entry is a row of a times a column of b
import numpy as np


def matmul(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError(f"cannot multiply matrices of shapes {a.shape} and {b.shape}")
    out = np.zeros((a.shape[0], b.shape[1]), dtype=np.result_type(a, b))
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            for k in range(a.shape[1]):
                out[i, j] = a[i, k] * b[k, j]
    return out
