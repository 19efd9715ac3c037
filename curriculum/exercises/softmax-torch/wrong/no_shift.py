# misconception: no-maximum-subtracted
# says: You exponentiate the raw scores; from about 709 (89 in float32) the exponential is infinite and the quotient is NaN.
# repairs: numerically-stable-softmax#failure-modes
# caught by: large scores do no harm
"""Softmax along any axis, and its backward pass, on tensors."""

import torch


def softmax(x, axis=-1):
    """Probabilities proportional to the exponentials of x along one axis; same shape as x."""
    x = torch.as_tensor(x)
    if not x.is_floating_point():
        x = x.to(torch.float64)
    top = x.amax(dim=axis, keepdim=True).clamp(min=torch.finfo(x.dtype).min)
    e = torch.exp(x)
    total = e.sum(dim=axis, keepdim=True)
    return e / torch.where(total == 0, 1, total)


def softmax_backward(p, grad, axis=-1):
    """The gradient with respect to the scores: J grad with J = diag(p) - p p^T, without forming J."""
    mean = (p * grad).sum(dim=axis, keepdim=True)
    return p * (grad - mean)
