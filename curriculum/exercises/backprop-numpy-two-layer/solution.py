import numpy as np


def loss_and_gradients(X, y, W1, b1, W2, b2):
    B = len(y)
    rows = np.arange(B)

    # Forward. Keep what the way back needs: z1 (which units were on), a1 and the probabilities.
    z1 = X @ W1.T + b1  # (B, h)
    a1 = np.maximum(z1, 0.0)  # (B, h)
    z2 = a1 @ W2.T + b2  # (B, C)

    # Log-softmax, with each row measured from its own highest logit.
    shifted = z2 - z2.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -log_p[rows, y].mean()

    # Softmax and loss together have the derivative P - Y; the mean over the batch divides it by B. This is
    # the only place where B appears: everything below is linear in g2.
    g2 = np.exp(log_p)  # (B, C)
    g2[rows, y] -= 1.0
    g2 /= B

    # A layer z = a W^T + b: every example adds its share to the weights and to the bias.
    dW2 = g2.T @ a1  # (C, h)
    db2 = g2.sum(axis=0)  # (C,)

    # On to the input of the layer, and through the ReLU, open only where z1 was positive.
    g1 = (g2 @ W2) * (z1 > 0)  # (B, h)
    dW1 = g1.T @ X  # (h, d)
    db1 = g1.sum(axis=0)  # (h,)
    return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
