# misconception: relu-mask-from-gradient
# says: You close the ReLU where the gradient is negative, but what decides is the sign of z1 in the forward pass.
# repairs: relu#intuition
# caught by: the gradients of the weights match central differences
import numpy as np


def loss_and_gradients(X, y, W1, b1, W2, b2):
    B = len(y)
    rows = np.arange(B)

    z1 = X @ W1.T + b1
    a1 = np.maximum(z1, 0.0)
    z2 = a1 @ W2.T + b2

    shifted = z2 - z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[rows, y].mean()

    g2 = np.exp(log_p)
    g2[rows, y] -= 1.0
    g2 /= B

    dW2 = g2.T @ a1
    db2 = g2.sum(axis=0)

    g1 = np.maximum(g2 @ W2, 0.0)
    dW1 = g1.T @ X
    db1 = g1.sum(axis=0)
    return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
