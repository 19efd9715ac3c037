"""Linear regression with an intercept, by least squares."""

import numpy as np


def fit(x, y):
    """Least-squares weights and intercept.

    Args:
        x: floats, shape (n, p), one example per row.
        y: floats, shape (n,).

    Returns:
        A tuple (w, b): weights of shape (p,) and a float. Of all minimisers, the one with the smallest
        Euclidean length of w.
    """
    raise NotImplementedError


def predict(x, w, b):
    """Predictions of the linear model.

    Args:
        x: floats, shape (rows, p).
        w: weights, shape (p,).
        b: the intercept, a float.

    Returns:
        Shape (rows,).
    """
    raise NotImplementedError
