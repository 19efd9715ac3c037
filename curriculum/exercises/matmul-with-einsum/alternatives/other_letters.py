"""Ellipsis for the batch, index lists for letters, the scale inside, one pair at a time."""

import numpy as np


def batched_matmul(a, b):
    if len(a.shape) != 3 or len(b.shape) != 3:
        raise ValueError("three axes each")
    n, _, inner = a.shape
    if b.shape[:2] != (n, inner):
        raise ValueError("sizes do not fit")
    return np.einsum("...xy,...yz->...xz", a, b, optimize=True)


def outer_products(x, y):
    return np.array([np.einsum("i,j->ij", left, right) for left, right in zip(x, y)]).reshape(
        len(x), x.shape[1], y.shape[1]
    )


def trace_of_product(a, b):
    return float(np.einsum("ij,ij->", a, b.T))


def attention_scores(q, k):
    scaled = q * q.shape[3] ** -0.5
    return np.einsum(scaled, [0, 1, 2, 3], k, [0, 1, 4, 3], [0, 1, 2, 4])
