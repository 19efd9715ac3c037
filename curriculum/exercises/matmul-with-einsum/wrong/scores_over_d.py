# misconception: scores-divided-by-d
# says: You divide by d; dot products of d independent features spread like the square root of d, and that is what the scale takes out.
# repairs: scaled-dot-product-attention#attention-scaling
# caught by: attention_scores are dot products over the root of d
import numpy as np


def batched_matmul(a, b):
    # einsum lets an axis of size 1 stretch to fit its letter, so the sizes are compared here.
    if a.ndim != 3 or b.ndim != 3 or a.shape[0] != b.shape[0] or a.shape[2] != b.shape[1]:
        raise ValueError(f"cannot multiply batches of shapes {a.shape} and {b.shape}")
    return np.einsum("nik,nkj->nij", a, b)


def outer_products(x, y):
    return np.einsum("ni,nj->nij", x, y)


def trace_of_product(a, b):
    return np.einsum("ij,ji->", a, b)


def attention_scores(q, k):
    return np.einsum("bhtd,bhsd->bhts", q, k) / q.shape[-1]
