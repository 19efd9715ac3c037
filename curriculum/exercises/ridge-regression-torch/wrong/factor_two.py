# misconception: penalty-factor-two
# says: You use 2λw, the gradient of λ‖w‖², where the loss has (λ/2)‖w‖², so the penalty pulls twice as hard as it says.
# repairs: regularization#common-mistakes
# caught by: the gradient is that of the loss
import torch


def ridge_loss_and_gradient(X, y, w, b, lam):
    n = len(y)
    residual = X @ w + b - y

    loss = torch.dot(residual, residual) / (2 * n) + lam / 2 * torch.dot(w, w)
    grad_w = X.T @ residual / n + 2 * lam * w

    grad_b = residual.mean()
    return loss, grad_w, grad_b
