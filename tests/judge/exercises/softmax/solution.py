import numpy as np


def softmax(x):
    """Softmax along the last axis. x: (..., n) -> (..., n)."""
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def logsumexp(x):
    """Log of the sum of exponentials along the last axis. x: (..., n) -> (...)."""
    m = x.max(axis=-1, keepdims=True)
    return np.log(np.exp(x - m).sum(axis=-1)) + m[..., 0]
