# misconception: no-maximum-subtracted
# says: You exponentiate the raw scores; large ones overflow to infinity and small ones vanish, so the logarithm gets inf or 0.
# repairs: numerically-stable-softmax#statement
# caught by: large and small scores do no harm
import numpy as np


def logsumexp(x, axis=-1, keepdims=False):
    return np.log(np.exp(_floating(x)).sum(axis=axis, keepdims=keepdims))


def log_softmax(x, axis=-1):
    x = _floating(x)
    return x - logsumexp(x, axis=axis, keepdims=True)


def _floating(x):
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(np.float64)
