"""Softmax along any axis, and its backward pass, on tensors."""

import torch


def softmax(x, axis=-1):
    """Probabilities proportional to the exponentials of x along one axis; same shape as x."""
    x = torch.as_tensor(x)
    if not x.is_floating_point():
        x = x.to(torch.float64)
    # Measured from the maximum of its own slice nothing overflows. The floor keeps the shift finite in a slice of
    # -inf, where -inf - (-inf) would be NaN.
    top = x.amax(dim=axis, keepdim=True).clamp(min=torch.finfo(x.dtype).min)
    e = torch.exp(x - top)
    # The largest term is exactly 1, so a total below 1 means that everything was masked: 0 / 1 = 0.
    total = e.sum(dim=axis, keepdim=True).clamp(min=1)
    return e / total


def softmax_backward(p, grad, axis=-1):
    """The gradient with respect to the scores: J grad with J = diag(p) - p p^T, without forming J."""
    mean = (p * grad).sum(dim=axis, keepdim=True)
    return p * (grad - mean)
