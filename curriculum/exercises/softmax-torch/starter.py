"""Softmax along any axis, and its backward pass."""

import torch


def softmax(x, axis=-1):
    """Turn scores into probabilities along one axis.

    Args:
        x: scores; a tensor or nested list of any shape with at least one axis. Entries may be -inf.
        axis: the axis along which the results sum to 1.

    Returns:
        A new tensor of the shape of x: float64, or the floating dtype of x. A slice in which every
        score is -inf holds zeros.
    """
    raise NotImplementedError


def softmax_backward(p, grad, axis=-1):
    """Carry a gradient from the probabilities back to the scores.

    Args:
        p: the output of softmax along the same axis, any shape.
        grad: the gradient of the loss with respect to p, same shape.
        axis: the axis that was normalised.

    Returns:
        The gradient of the loss with respect to the scores, same shape.
    """
    raise NotImplementedError
