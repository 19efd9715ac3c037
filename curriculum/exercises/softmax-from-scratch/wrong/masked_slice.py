# misconception: masked-slice-nan
# says: In a slice where every score is -inf you compute -inf - (-inf), which is NaN, and one NaN spreads through everything after it.
# repairs: numerically-stable-softmax#failure-modes
# caught by: masked scores get probability 0
import numpy as np


def softmax(x, axis=-1):
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def softmax_backward(p, grad, axis=-1):
    p, grad = np.asarray(p), np.asarray(grad)
    return p * (grad - (p * grad).sum(axis=axis, keepdims=True))
