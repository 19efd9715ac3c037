# misconception: penalty-divided-by-n
# says: You divide the penalty by the number of examples, so the same λ means less the more data there are.
# repairs: regularization#statement
# caught by: the same data twice change nothing
import torch


def ridge_loss_and_gradient(X, y, w, b, lam):
    n = len(y)
    residual = X @ w + b - y

    loss = torch.dot(residual, residual) / (2 * n) + lam / (2 * n) * torch.dot(w, w)
    grad_w = X.T @ residual / n + lam * w / n

    grad_b = residual.mean()
    return loss, grad_w, grad_b
