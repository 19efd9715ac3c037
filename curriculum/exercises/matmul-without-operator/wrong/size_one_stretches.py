# misconception: size-one-stretched
# says: You leave the size check to broadcasting; an inner size of 1 is stretched to fit, so a product that does not exist gets a value.
# repairs: broadcasting#failure-modes
# caught by: an inner size of 1 does not stretch, and vectors are refused
import numpy as np


def matmul(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim != 2 or b.ndim != 2:
        raise ValueError("matrices have two axes")
    out = np.zeros((a.shape[0], b.shape[1]), dtype=np.result_type(a, b))
    for i, row in enumerate(a):
        out[i] = (row[:, None] * b).sum(axis=0)
    return out
