# misconception: penalty-missing-in-gradient
# says: You add the penalty to the loss but not to the gradient, so the descent never feels it.
# repairs: regularization#l2-regularization
# caught by: the gradient is that of the loss
import torch


def ridge_loss_and_gradient(X, y, w, b, lam):
    n = len(y)
    residual = X @ w + b - y

    loss = torch.dot(residual, residual) / (2 * n) + lam / 2 * torch.dot(w, w)
    grad_w = X.T @ residual / n

    grad_b = residual.mean()
    return loss, grad_w, grad_b
