# misconception: mismatch-cut-off
# says: You pair entries with zip, which stops at the shorter one; matrices that do not fit get a product of their beginnings.
# repairs: matrix-multiplication#statement
# caught by: inner sizes that differ are refused
import numpy as np


def matmul(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim != 2 or b.ndim != 2:
        raise ValueError("matrices have two axes")
    out = np.zeros((a.shape[0], b.shape[1]), dtype=np.result_type(a, b))
    for column, row in zip(a.T, b):
        out += column[:, None] * row
    return out
