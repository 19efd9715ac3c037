import torch


def loss_and_gradients(X, y, W1, b1, W2, b2):
    B = len(y)
    rows = torch.arange(B)

    # Forward. Keep what the way back needs.
    z1 = X @ W1.T + b1  # (B, h)
    a1 = z1.clamp(min=0.0)  # (B, h)
    z2 = a1 @ W2.T + b2  # (B, C)

    # Log-softmax, with each row measured from its own highest logit.
    shifted = z2 - z2.amax(dim=1, keepdim=True)
    log_p = shifted - torch.log(torch.exp(shifted).sum(dim=1, keepdim=True))
    loss = -log_p[rows, y].mean()

    # Softmax and loss together: P - Y, and the mean over the batch divides by B. Nowhere else does B appear.
    g2 = torch.exp(log_p)
    g2[rows, y] -= 1.0
    g2 /= B
    dW2 = g2.T @ a1
    db2 = g2.sum(dim=0)

    # Through the ReLU, open only where z1 was positive.
    g1 = (g2 @ W2) * (z1 > 0)
    dW1 = g1.T @ X
    db1 = g1.sum(dim=0)
    return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
