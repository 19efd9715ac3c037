"""The logarithm of a sum of exponentials, and the logarithm of softmax."""

import numpy as np


def logsumexp(x, axis=-1, keepdims=False):
    """Compute log(sum(exp(x))) along one axis without overflow or underflow.

    Args:
        x: an array or nested list with at least one axis; entries may be infinite, not NaN.
        axis: the axis that is summed away.
        keepdims: keep the summed axis with length 1.

    Returns:
        The log-sum-exp of each slice: float64, or the floating dtype of x.
    """
    raise NotImplementedError


def log_softmax(x, axis=-1):
    """Compute the logarithm of softmax along one axis.

    Args:
        x: scores; every slice along the axis has a finite maximum, entries may be -inf.
        axis: the axis along which the probabilities sum to 1.

    Returns:
        A new array of the shape of x: float64, or the floating dtype of x.
    """
    raise NotImplementedError
