"""Softmax along any axis, and its backward pass."""

import numpy as np


def softmax(x, axis=-1):
    """Probabilities proportional to the exponentials of x along one axis; same shape as x."""
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    # Only differences of scores count, so measure each slice from its own maximum: nothing can overflow.
    # The floor keeps the shift finite in a slice of -inf, where -inf - (-inf) would be NaN.
    top = x.max(axis=axis, keepdims=True).clip(min=np.finfo(x.dtype).min)
    e = np.exp(x - top)
    # The largest term is exactly 1, so a total below 1 means that everything was masked: 0 / 1 = 0.
    total = e.sum(axis=axis, keepdims=True).clip(min=1)
    return e / total


def softmax_backward(p, grad, axis=-1):
    """The gradient with respect to the scores: J grad with J = diag(p) - p p^T, without forming J."""
    # J is symmetric. The mean of grad under p is what all scores of a slice share; it cancels.
    mean = (p * grad).sum(axis=axis, keepdims=True)
    return p * (grad - mean)
