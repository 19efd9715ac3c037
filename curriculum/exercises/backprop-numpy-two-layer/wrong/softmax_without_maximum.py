# misconception: softmax-without-max
# says: You exponentiate the logits as they are, so large ones become infinity and loss and gradients NaN.
# repairs: numerically-stable-softmax#statement
# caught by: large logits do no harm
import numpy as np


def loss_and_gradients(X, y, W1, b1, W2, b2):
    B = len(y)
    rows = np.arange(B)

    z1 = X @ W1.T + b1
    a1 = np.maximum(z1, 0.0)
    z2 = a1 @ W2.T + b2

    p = np.exp(z2) / np.exp(z2).sum(axis=1, keepdims=True)
    log_p = np.log(p)
    loss = -log_p[rows, y].mean()

    g2 = np.exp(log_p)
    g2[rows, y] -= 1.0
    g2 /= B

    dW2 = g2.T @ a1
    db2 = g2.sum(axis=0)

    g1 = (g2 @ W2) * (z1 > 0)
    dW1 = g1.T @ X
    db1 = g1.sum(axis=0)
    return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
