# misconception: einsum-letter-mistyped
# says: You name the inner axis differently in the two operands; each is then summed by itself, and the product of sums has the right shape and wrong numbers.
# repairs: einsum#failure-modes
# caught by: batched_matmul multiplies pair by pair
import numpy as np


def batched_matmul(a, b):
    # einsum lets an axis of size 1 stretch to fit its letter, so the sizes are compared here.
    if a.ndim != 3 or b.ndim != 3 or a.shape[0] != b.shape[0] or a.shape[2] != b.shape[1]:
        raise ValueError(f"cannot multiply batches of shapes {a.shape} and {b.shape}")
    return np.einsum("nik,nlj->nij", a, b)


def outer_products(x, y):
    return np.einsum("ni,nj->nij", x, y)


def trace_of_product(a, b):
    return np.einsum("ij,ji->", a, b)


def attention_scores(q, k):
    return np.einsum("bhtd,bhsd->bhts", q, k) / np.sqrt(q.shape[-1])
