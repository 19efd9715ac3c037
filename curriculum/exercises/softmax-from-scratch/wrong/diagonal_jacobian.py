# misconception: softmax-jacobian-diagonal
# says: You multiply by p(1 - p), the diagonal of the Jacobian; every score also moves all the other probabilities, by -p_i p_j.
# repairs: softmax#statement
# caught by: the backward pass is the gradient
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    top = np.maximum(x.max(axis=axis, keepdims=True), np.finfo(x.dtype).min)
    e = np.exp(x - top)
    return e / np.maximum(e.sum(axis=axis, keepdims=True), 1)


def softmax_backward(p, grad, axis=-1):
    p, grad = np.asarray(p), np.asarray(grad)
    return grad * p * (1 - p)
