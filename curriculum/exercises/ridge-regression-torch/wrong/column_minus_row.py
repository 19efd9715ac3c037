# misconception: column-minus-row-broadcast
# says: You subtract y of shape (n,) from a column of shape (n, 1), which broadcasts to a table of all n² differences.
# repairs: broadcasting#failure-modes
# caught by: agrees with the definition
import torch


def ridge_loss_and_gradient(X, y, w, b, lam):
    n = len(y)
    residual = (X @ w[:, None] + b - y).mean(dim=1)

    loss = torch.dot(residual, residual) / (2 * n) + lam / 2 * torch.dot(w, w)
    grad_w = X.T @ residual / n + lam * w

    grad_b = residual.mean()
    return loss, grad_w, grad_b
