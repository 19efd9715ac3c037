# misconception: size-one-stretched
# says: You trust einsum to check the sizes; it stretches an axis of size 1 to fit its letter, so a column passes where a matrix was meant.
# repairs: einsum#common-mistakes
# caught by: sizes that do not fit are refused
import numpy as np


def batched_matmul(a, b):
    return np.einsum("nik,nkj->nij", a, b)


def outer_products(x, y):
    return np.einsum("ni,nj->nij", x, y)


def trace_of_product(a, b):
    return np.einsum("ij,ji->", a, b)


def attention_scores(q, k):
    return np.einsum("bhtd,bhsd->bhts", q, k) / np.sqrt(q.shape[-1])
