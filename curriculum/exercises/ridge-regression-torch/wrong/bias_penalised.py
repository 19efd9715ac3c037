# misconception: bias-penalised
# says: You penalise the bias as well, so the whole fit is pulled towards the level 0, wherever the targets lie.
# repairs: regularization#statement
# caught by: the bias is free of charge
import torch


def ridge_loss_and_gradient(X, y, w, b, lam):
    n = len(y)
    residual = X @ w + b - y

    loss = torch.dot(residual, residual) / (2 * n) + lam / 2 * torch.dot(w, w)
    grad_w = X.T @ residual / n + lam * w

    grad_b = residual.mean() + lam * b
    return loss, grad_w, grad_b
