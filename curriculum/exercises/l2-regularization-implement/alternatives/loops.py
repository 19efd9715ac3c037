"""Example by example, with the derivative of each square added as it comes."""

import numpy as np


def ridge_loss_and_gradient(X, y, w, b, lam):
    n, d = X.shape
    loss, grad_b = 0.0, 0.0
    grad_w = np.zeros(d)
    for row, target in zip(X, y):
        r = float(np.dot(row, w)) + b - float(target)
        loss += r * r / 2
        grad_b += r
        grad_w += r * row
    for j in range(d):
        grad_w[j] = grad_w[j] / n + lam * w[j]
    return loss / n + 0.5 * lam * sum(v * v for v in w.tolist()), grad_w, grad_b / n
