"""The definition, entry by entry, in Python numbers."""

import numpy as np


def matmul(a, b):
    a, b = np.array(a), np.array(b)
    if len(a.shape) != 2 or len(b.shape) != 2:
        raise ValueError("matrices have two axes")
    (m, k), (inner, n) = a.shape, b.shape
    if k != inner:
        raise ValueError("the inner sizes differ")
    rows, columns = a.tolist(), b.T.tolist()
    out = np.empty((m, n), dtype=np.result_type(a, b))
    for i in range(m):
        for j in range(n):
            total = 0
            for left, right in zip(rows[i], columns[j]):
                total += left * right
            out[i, j] = total
    return out
