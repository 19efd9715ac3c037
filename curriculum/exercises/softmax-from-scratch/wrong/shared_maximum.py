# misconception: one-maximum-for-all-slices
# says: You subtract the largest score of the whole array; a slice far below it underflows to zeros although it has an ordinary distribution.
# repairs: numerically-stable-softmax#failure-modes
# caught by: slices of different height do not disturb each other
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    top = x.max()
    e = np.exp(x - top) if np.isfinite(top) else np.zeros_like(x)
    total = e.sum(axis=axis, keepdims=True)
    return e / np.where(total == 0, 1, total)


def softmax_backward(p, grad, axis=-1):
    p, grad = np.asarray(p), np.asarray(grad)
    return p * (grad - (p * grad).sum(axis=axis, keepdims=True))
