"""One example at a time in Python numbers."""

import math

import numpy as np


def _sigmoid(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    e = math.exp(z)
    return e / (1 + e)


def predict_probability(w, b, x):
    return np.array([_sigmoid(float(np.dot(row, w)) + b) for row in x])


def loss_and_gradient(w, b, x, y, l2):
    n = len(x)
    loss, grad_w, grad_b = 0.0, np.zeros(len(w)), 0.0
    for row, label in zip(x, y):
        z = float(np.dot(row, w)) + b
        t = -z if label == 1 else z
        loss += (t + math.log1p(math.exp(-t)) if t > 0 else math.log1p(math.exp(t))) / n
        error = -_sigmoid(-z) if label == 1 else _sigmoid(z)
        grad_w += error * row / n
        grad_b += error / n
    loss += l2 * float(np.dot(w, w)) / 2
    return loss, grad_w + l2 * np.array(w), grad_b


def fit(x, y, rate, steps, l2):
    w, b = np.zeros(x.shape[1]), 0.0
    while steps:
        _, gw, gb = loss_and_gradient(w, b, x, y, l2)
        w, b, steps = w - rate * gw, b - rate * gb, steps - 1
    return w, b
