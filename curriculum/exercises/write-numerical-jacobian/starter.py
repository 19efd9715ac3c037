"""The Jacobian of a function, measured by central differences."""

import numpy as np


def numerical_jacobian(f, x):
    """Approximate the Jacobian of f at x.

    Args:
        f: a function from a float64 array of shape (n,) to an array of shape (m,).
        x: the point, an array or list of n floats or integers.

    Returns:
        float64, shape (m, n): entry (i, j) is about the derivative of output i by input j.
    """
    raise NotImplementedError
