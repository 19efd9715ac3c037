# misconception: intercept-penalised
# says: You penalise the intercept too; it only says how frequent label 1 is, and the penalty pulls all probabilities towards one half.
# repairs: logistic-regression#statement
# caught by: the penalty leaves the intercept out
import numpy as np


def loss_and_gradient(w, b, x, y, l2):
    z = x @ w + b
    softplus = z.clip(min=0) + np.log1p(np.exp(-np.abs(z)))
    loss = np.mean(softplus - y * z) + l2 / 2 * (w @ w + b**2)
    pull = (_sigmoid(z) - y) / len(y)
    return float(loss), x.T @ pull + l2 * w, float(pull.sum() + l2 * b)


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
