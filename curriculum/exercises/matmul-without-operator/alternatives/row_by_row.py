"""Each row of the product is a combination of the rows of b."""

import numpy as np


def matmul(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if (a.ndim, b.ndim) != (2, 2):
        raise ValueError(f"two axes each, not {a.ndim} and {b.ndim}")
    if a.shape[1] != len(b):
        raise ValueError(f"inner sizes {a.shape[1]} and {len(b)}")
    kind = np.result_type(a.dtype, b.dtype)
    rows = [np.sum(row[:, None] * b, axis=0, dtype=kind) for row in a]
    return np.array(rows, dtype=kind).reshape(len(a), b.shape[1])
