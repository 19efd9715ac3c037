# misconception: all-products-stored
# says: You store all m k n products before you add them; the sum can run over one outer product at a time in the memory of the result.
# repairs: broadcasting#failure-modes
# caught by: no array holds all the products
import numpy as np


def matmul(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError(f"cannot multiply matrices of shapes {a.shape} and {b.shape}")
    return (a[:, :, None] * b[None, :, :]).sum(axis=1, dtype=np.result_type(a, b))
