import torch


def ridge_loss_and_gradient(X, y, w, b, lam):
    n = len(y)
    residual = X @ w + b - y  # (n,)

    # Half the mean square, so that no factor 2 is left in the gradient; the same for the penalty.
    loss = torch.dot(residual, residual) / (2 * n) + lam / 2 * torch.dot(w, w)
    grad_w = X.T @ residual / n + lam * w

    # The bias sets the level of the fit, not its size: it pays nothing.
    grad_b = residual.mean()
    return loss, grad_w, grad_b
