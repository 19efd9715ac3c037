"""Column vectors and outer products for each example, averaged at the end."""

import numpy as np


def loss_and_gradients(X, y, W1, b1, W2, b2):
    total = 0.0
    sums = {"W2": np.zeros(W2.shape), "W1": np.zeros(W1.shape), "b2": np.zeros(b2.shape), "b1": np.zeros(b1.shape)}
    for x, label in zip(X, y):
        z1 = W1 @ x + b1
        a1 = np.where(z1 > 0, z1, 0.0)
        z2 = W2 @ a1 + b2
        log_sum = np.logaddexp.reduce(z2)
        total += log_sum - z2[label]
        g2 = np.exp(z2 - log_sum) - np.eye(len(z2))[label]
        g1 = W2.T @ g2
        g1[z1 <= 0] = 0.0
        sums["W2"] += np.outer(g2, a1)
        sums["b2"] += g2
        sums["W1"] += np.outer(g1, x)
        sums["b1"] += g1
    return total / len(y), {name: s / len(y) for name, s in sums.items()}
