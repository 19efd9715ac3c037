# misconception: input-overwritten
# says: You subtract the maximum from the caller's own array; whoever still needs the scores finds them changed.
# repairs: numpy#failure-modes
# caught by: the input is left as it was
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    x -= np.maximum(x.max(axis=axis, keepdims=True), np.finfo(x.dtype).min)
    e = np.exp(x)
    e /= np.maximum(e.sum(axis=axis, keepdims=True), 1)
    return e


def softmax_backward(p, grad, axis=-1):
    p, grad = np.asarray(p), np.asarray(grad)
    return p * (grad - (p * grad).sum(axis=axis, keepdims=True))
