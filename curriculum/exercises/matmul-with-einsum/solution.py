"""Four products, each one line of letters."""

import numpy as np


def batched_matmul(a, b):
    """One matrix product for each of the n pairs."""
    # einsum lets an axis of size 1 stretch to fit its letter, so the sizes are compared here.
    if a.ndim != 3 or b.ndim != 3 or a.shape[0] != b.shape[0] or a.shape[2] != b.shape[1]:
        raise ValueError(f"cannot multiply batches of shapes {a.shape} and {b.shape}")
    return np.einsum("nik,nkj->nij", a, b)


def outer_products(x, y):
    """n is lined up and stays; nothing is summed."""
    return np.einsum("ni,nj->nij", x, y)


def trace_of_product(a, b):
    """tr(AB) = sum over i and j of A_ij B_ji: the off-diagonal entries of AB are never computed."""
    return np.einsum("ij,ji->", a, b)


def attention_scores(q, k):
    """Only the features d are summed; dividing by sqrt(d) keeps the spread independent of d."""
    return np.einsum("bhtd,bhsd->bhts", q, k) / np.sqrt(q.shape[-1])
