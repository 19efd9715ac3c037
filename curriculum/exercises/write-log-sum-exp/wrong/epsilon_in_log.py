# misconception: epsilon-inside-the-logarithm
# says: You add a small number to the probabilities before the logarithm; it hides the infinity and makes every tiny probability the same.
# repairs: numerically-stable-softmax#common-mistakes
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
    return np.log(e / e.sum(axis=axis, keepdims=True) + 1e-12)


def _floating(x):
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)
