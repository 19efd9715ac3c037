"""The matrix product, without the operator."""

import numpy as np


def matmul(a, b):
    """The product of a (m, k) and b (k, n), as a sum of k outer products."""
    a, b = np.asarray(a), np.asarray(b)
    # Checked by hand: broadcasting below would stretch an inner size of 1 silently.
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError(f"cannot multiply matrices of shapes {a.shape} and {b.shape}")
    out = np.zeros((a.shape[0], b.shape[1]), dtype=np.result_type(a, b))
    # AB = sum over l of (column l of A)(row l of B)^T: each term fills the whole result at once.
    for column, row in zip(a.T, b):
        out += column[:, None] * row
    return out
