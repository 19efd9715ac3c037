# misconception: ready-made-product
# says: You call NumPy's own product; the exercise is to form the sums yourself.
# repairs: matrix-multiplication#statement
# caught by: the sums are written out
import numpy as np


def matmul(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError(f"cannot multiply matrices of shapes {a.shape} and {b.shape}")
    out = np.zeros((a.shape[0], b.shape[1]), dtype=np.result_type(a, b))
    for j in range(b.shape[1]):
        out[:, j] = a.dot(b[:, j])
    return out
