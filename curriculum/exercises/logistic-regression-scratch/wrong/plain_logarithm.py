# misconception: log-of-rounded-probability
# says: You take the logarithm of a probability that was rounded to 0 or 1; the loss becomes infinite, or NaN where 0 meets it.
# repairs: logistic-regression#failure-modes
# caught by: extreme scores do no harm
import numpy as np


def loss_and_gradient(w, b, x, y, l2):
    z = x @ w + b
    p = _sigmoid(z)
    loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) + l2 / 2 * (w @ w)
    pull = (_sigmoid(z) - y) / len(y)
    return float(loss), x.T @ pull + l2 * w, float(pull.sum())


def fit(x, y, rate, steps, l2):
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        _, grad_w, grad_b = loss_and_gradient(w, b, x, y, l2)
        w, b = w - rate * grad_w, b - rate * grad_b
    return w, b


def predict_probability(w, b, x):
    return _sigmoid(x @ w + b)


def _sigmoid(z):
    return np.exp(z.clip(max=0)) / (1 + np.exp(-np.abs(z)))
