"""The loss through logaddexp of signed scores, the sigmoid through tanh, weights and intercept in one vector."""

import numpy as np


def _design(x):
    return np.hstack([x, np.ones((len(x), 1))])


def predict_probability(w, b, x):
    z = np.dot(x, w) + b
    return (1 + np.tanh(z / 2)) / 2


def loss_and_gradient(w, b, x, y, l2):
    signs = 1 - 2 * np.asarray(y, dtype=float)
    margins = signs * (x @ w + b)
    loss = np.logaddexp(0, margins).sum() / len(y) + 0.5 * l2 * np.sum(w**2)
    weight = np.exp(-np.logaddexp(0, -margins)) * signs
    gradient = _design(x).T @ weight / len(y)
    gradient[:-1] += l2 * np.asarray(w)
    return loss, gradient[:-1], gradient[-1]


def fit(x, y, rate, steps, l2):
    theta = np.zeros(x.shape[1] + 1)
    for _ in range(steps):
        _, gw, gb = loss_and_gradient(theta[:-1], theta[-1], x, y, l2)
        theta -= rate * np.append(gw, gb)
    return theta[:-1], theta[-1]
