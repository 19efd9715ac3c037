import numpy as np


def numerical_gradient(f, x, h=1e-5):
    """Gradient of f at x by central differences.

    f: takes a float64 array of the shape of x, returns a number
    x: the point, an array of any shape, float or integer; it stays unchanged
    h: the step, a positive number

    Returns a float64 array of the shape of x.
    """
    raise NotImplementedError


def relative_error(a, b):
    """Largest relative difference of two arrays, entry by entry.

    a, b: float arrays of one shape, not empty

    Returns the maximum of |a - b| / max(|a|, |b|, 1e-8), and NaN if any entry is NaN.
    """
    raise NotImplementedError
