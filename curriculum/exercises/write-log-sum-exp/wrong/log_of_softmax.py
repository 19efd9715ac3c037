# misconception: log-of-softmax
# says: You take the logarithm of finished probabilities; one that underflowed to 0 gives -inf although its logarithm is an ordinary number.
# repairs: numerically-stable-softmax#statement
# caught by: tiny probabilities keep their logarithm
import numpy as np


def logsumexp(x, axis=-1, keepdims=False):
    x = _floating(x)
    top = x.max(axis=axis, keepdims=True)
    shift = np.where(np.isfinite(top), top, 0)
    result = shift + np.log(np.exp(x - shift).sum(axis=axis, keepdims=True))
    return result if keepdims else result.squeeze(axis=axis)


def log_softmax(x, axis=-1):
    x = _floating(x)
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return np.log(e / e.sum(axis=axis, keepdims=True))


def _floating(x):
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)
