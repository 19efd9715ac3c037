"""The dominant eigenpair by power iteration."""

import numpy as np


def power_iteration(a, x0, tol, max_steps):
    """Find the eigenvalue that is largest in absolute value, and its eigenvector.

    Args:
        a: floats, shape (n, n).
        x0: start, floats, shape (n,), not zero.
        tol: stop when the residual ||a v - value v|| is at most tol * |value|.
        max_steps: how often v may be replaced.

    Returns:
        A tuple (value, vector, converged): the estimate v . (a v) as a float, v with length 1 and shape
        (n,), and True if the residual test was met.
    """
    raise NotImplementedError
