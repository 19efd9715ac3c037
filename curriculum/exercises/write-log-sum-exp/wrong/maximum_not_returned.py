# misconception: maximum-not-added-back
# says: You subtract the maximum but do not add it back outside the logarithm; softmax forgives a shift, log-sum-exp does not.
# repairs: numerically-stable-softmax#statement
# caught by: agrees with the formula along any axis
import numpy as np


def logsumexp(x, axis=-1, keepdims=False):
    x = _floating(x)
    top = x.max(axis=axis, keepdims=True)
    shift = np.where(np.isfinite(top), top, 0)
    return np.log(np.exp(x - shift).sum(axis=axis, keepdims=keepdims))


def log_softmax(x, axis=-1):
    x = _floating(x)
    x = x - x.max(axis=axis, keepdims=True)
    return x - logsumexp(x, axis=axis, keepdims=True)


def _floating(x):
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)
