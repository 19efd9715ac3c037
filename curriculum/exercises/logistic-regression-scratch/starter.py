"""Logistic regression: loss, gradient, fit and prediction."""

import numpy as np


def loss_and_gradient(w, b, x, y, l2):
    """Mean log loss with an L2 penalty on the weights, and its gradient.

    Args:
        w: weights, shape (d,).
        b: the intercept, a float.
        x: floats, shape (n, d), one example per row.
        y: labels 0 or 1, shape (n,), integers or floats.
        l2: strength of the penalty, a float; l2 / 2 times the squared length of w is added.

    Returns:
        A tuple (loss, grad_w, grad_b): a number, shape (d,), a number.
    """
    raise NotImplementedError


def fit(x, y, rate, steps, l2):
    """Gradient descent from zero weights and zero intercept.

    Args:
        x: floats, shape (n, d).
        y: labels 0 or 1, shape (n,).
        rate: the learning rate, a float.
        steps: how many steps to take.
        l2: strength of the penalty.

    Returns:
        A tuple (w, b): shape (d,) and a number.
    """
    raise NotImplementedError


def predict_probability(w, b, x):
    """Probability of label 1 for every row.

    Args:
        w: weights, shape (d,).
        b: the intercept, a float.
        x: floats, shape (n, d).

    Returns:
        float64 in [0, 1], shape (n,).
    """
    raise NotImplementedError
