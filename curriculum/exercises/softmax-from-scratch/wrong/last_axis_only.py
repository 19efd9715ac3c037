# misconception: axis-ignored
# says: You always normalise the last axis, whatever `axis` says; ask for columns and the columns do not sum to one.
# repairs: softmax#common-mistakes
# caught by: any axis can be normalised
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    top = np.maximum(x.max(axis=-1, keepdims=True), np.finfo(x.dtype).min)
    e = np.exp(x - top)
    return e / np.maximum(e.sum(axis=-1, keepdims=True), 1)


def softmax_backward(p, grad, axis=-1):
    p, grad = np.asarray(p), np.asarray(grad)
    return p * (grad - (p * grad).sum(axis=-1, keepdims=True))
