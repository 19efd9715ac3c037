# misconception: sigmoid-overflows
# says: You compute e^z / (1 + e^z) for large z; both parts overflow, and inf/inf is NaN instead of a probability near 1.
# repairs: logistic-regression#failure-modes
# caught by: extreme scores do no harm
import numpy as np


def loss_and_gradient(w, b, x, y, l2):
    z = x @ w + b
    softplus = z.clip(min=0) + np.log1p(np.exp(-np.abs(z)))
    loss = np.mean(softplus - y * z) + l2 / 2 * (w @ w)
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
    e = np.exp(z)
    return e / (1 + e)
