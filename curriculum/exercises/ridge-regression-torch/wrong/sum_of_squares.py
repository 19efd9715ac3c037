# misconception: loss-sum-instead-of-mean
# says: You sum the squares over the examples and do not divide by n, so loss and gradient grow with the data.
# repairs: linear-regression#statement
# caught by: the same data twice change nothing
import torch


def ridge_loss_and_gradient(X, y, w, b, lam):
    n = len(y)
    residual = X @ w + b - y

    loss = torch.dot(residual, residual) / 2 + lam / 2 * torch.dot(w, w)
    grad_w = X.T @ residual + lam * w

    grad_b = residual.sum()
    return loss, grad_w, grad_b
