# misconception: infinite-maximum-subtracted
# says: Where the maximum is infinite you subtract it from itself; inf - inf is NaN, while the right answer is the infinity itself.
# repairs: numerically-stable-softmax#failure-modes
# caught by: infinite scores give infinities
import numpy as np


def logsumexp(x, axis=-1, keepdims=False):
    x = _floating(x)
    top = x.max(axis=axis, keepdims=True)
    result = top + np.log(np.exp(x - top).sum(axis=axis, keepdims=True))
    return result if keepdims else result.squeeze(axis=axis)


def log_softmax(x, axis=-1):
    x = _floating(x)
    return x - logsumexp(x, axis=axis, keepdims=True)


def _floating(x):
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)
