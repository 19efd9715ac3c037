"""Logistic regression: loss, gradient, fit and prediction."""

import numpy as np


def loss_and_gradient(w, b, x, y, l2):
    """Mean log loss plus l2 / 2 ||w||^2, with its gradient by w and by b."""
    z = x @ w + b
    # -log p = log(1 + e^-z) and -log(1 - p) = log(1 + e^z) = z + log(1 + e^-z): together softplus(z) - y z.
    # No probability is rounded to 0 or 1 on the way to the logarithm.
    softplus = z.clip(min=0) + np.log1p(np.exp(-np.abs(z)))
    loss = np.mean(softplus - y * z) + l2 / 2 * (w @ w)
    pull = (_sigmoid(z) - y) / len(y)
    return float(loss), x.T @ pull + l2 * w, float(pull.sum())


def fit(x, y, rate, steps, l2):
    """(w, b) after the given number of steps from zero."""
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        # Both parts of the gradient belong to the same point.
        _, grad_w, grad_b = loss_and_gradient(w, b, x, y, l2)
        w, b = w - rate * grad_w, b - rate * grad_b
    return w, b


def predict_probability(w, b, x):
    """sigma(x w + b) for every row."""
    return _sigmoid(x @ w + b)


def _sigmoid(z):
    """1 / (1 + e^-z), or e^z / (1 + e^z) for negative z: no exponential exceeds 1."""
    return np.exp(z.clip(max=0)) / (1 + np.exp(-np.abs(z)))
