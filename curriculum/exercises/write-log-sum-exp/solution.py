"""The logarithm of a sum of exponentials, and the logarithm of softmax."""

import numpy as np


def logsumexp(x, axis=-1, keepdims=False):
    """log(sum(exp(x))) along one axis."""
    x = _floating(x)
    top = x.max(axis=axis, keepdims=True)
    # An infinite maximum must not be subtracted from itself. With any finite shift exp(-inf) = 0 and
    # exp(inf) = inf lead to log(0) = -inf and log(inf) = inf, which is what we want.
    shift = top.clip(np.finfo(x.dtype).min, np.finfo(x.dtype).max)
    with np.errstate(divide="ignore"):
        # The largest term is 1, so for a finite maximum the sum lies between 1 and the number of terms.
        result = shift + np.log(np.exp(x - shift).sum(axis=axis, keepdims=True))
    return result if keepdims else result.squeeze(axis=axis)


def log_softmax(x, axis=-1):
    """x minus its log-sum-exp: no probability is formed, so none can underflow."""
    return np.asarray(x) - logsumexp(x, axis=axis, keepdims=True)


def _floating(x):
    """x as an array of floats; a floating dtype stays as it is."""
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)
