# misconception: jacobian-formed
# says: You build the C by C Jacobian of every slice; the product with a vector needs only one sum and C multiplications.
# repairs: jacobian-matrix#failure-modes
# caught by: the backward pass costs O(C)
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    top = np.maximum(x.max(axis=axis, keepdims=True), np.finfo(x.dtype).min)
    e = np.exp(x - top)
    return e / np.maximum(e.sum(axis=axis, keepdims=True), 1)


def softmax_backward(p, grad, axis=-1):
    p, grad = np.moveaxis(np.asarray(p), axis, -1), np.moveaxis(np.asarray(grad), axis, -1)
    jacobian = p[..., :, None] * np.eye(p.shape[-1], dtype=p.dtype) - p[..., :, None] * p[..., None, :]
    return np.moveaxis((jacobian @ grad[..., None])[..., 0], -1, axis)
