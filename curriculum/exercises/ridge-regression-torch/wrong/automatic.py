# misconception: gradient-by-autograd
# says: You have the library differentiate; here the gradient is to be worked out by hand, so that you know what the library does.
# caught by: the gradients are worked out by hand
import torch


def ridge_loss_and_gradient(X, y, w, b, lam):
    w = w.clone().requires_grad_()
    b = torch.tensor(float(b), dtype=X.dtype, requires_grad=True)
    loss = ((X @ w + b - y) ** 2).mean() / 2 + lam / 2 * (w**2).sum()
    loss.backward()
    return loss.detach(), w.grad, b.grad
