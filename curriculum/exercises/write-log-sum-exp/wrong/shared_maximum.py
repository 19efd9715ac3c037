# misconception: one-maximum-for-all-slices
# says: You subtract the largest score of the whole array; a slice far below it underflows and its logarithm becomes -inf.
# repairs: numerically-stable-softmax#failure-modes
# caught by: slices of different height do not disturb each other
import numpy as np


def logsumexp(x, axis=-1, keepdims=False):
    x = _floating(x)
    top = x.max()
    shift = np.where(np.isfinite(top), top, 0).astype(x.dtype)
    return shift + np.log(np.exp(x - shift).sum(axis=axis, keepdims=keepdims))


def log_softmax(x, axis=-1):
    x = _floating(x)
    return x - logsumexp(x, axis=axis, keepdims=True)


def _floating(x):
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)
