# misconception: repeated-letter-always-summed
# says: You leave the batch letter out of the result, so the outer products of all examples are added up; a repeated letter stays if it stands after the arrow.
# repairs: einsum#common-mistakes
# caught by: outer_products keeps the examples apart
import numpy as np


def batched_matmul(a, b):
    # einsum lets an axis of size 1 stretch to fit its letter, so the sizes are compared here.
    if a.ndim != 3 or b.ndim != 3 or a.shape[0] != b.shape[0] or a.shape[2] != b.shape[1]:
        raise ValueError(f"cannot multiply batches of shapes {a.shape} and {b.shape}")
    return np.einsum("nik,nkj->nij", a, b)


def outer_products(x, y):
    return np.einsum("ni,nj->ij", x, y)


def trace_of_product(a, b):
    return np.einsum("ij,ji->", a, b)


def attention_scores(q, k):
    return np.einsum("bhtd,bhsd->bhts", q, k) / np.sqrt(q.shape[-1])
