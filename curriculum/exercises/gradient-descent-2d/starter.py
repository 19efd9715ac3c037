"""Gradient descent in the plane, with the path it took."""

import numpy as np


def descend(grad, x0, rate, tol, max_steps):
    """Walk down along the negative gradient.

    Args:
        grad: a function from a float64 array of shape (2,) to the gradient there, shape (2,).
        x0: the start, an array or list of two numbers.
        rate: the learning rate, a positive float.
        tol: arrived when the Euclidean length of the gradient is at most this.
        max_steps: the largest number of steps.

    Returns:
        A tuple (path, arrived): all points from x0 to the last, float64 of shape (steps + 1, 2), and
        whether the gradient at the last point met the tolerance. All points are finite.
    """
    raise NotImplementedError
