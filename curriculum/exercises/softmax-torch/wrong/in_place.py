# misconception: input-overwritten
# says: You subtract the maximum from the caller's own array; whoever still needs the scores finds them changed.
# repairs: numpy#failure-modes
# caught by: the input is left as it was
"""Softmax along any axis, and its backward pass, on tensors."""

import torch


def softmax(x, axis=-1):
    """Probabilities proportional to the exponentials of x along one axis; same shape as x."""
    x = torch.as_tensor(x)
    if not x.is_floating_point():
        x = x.to(torch.float64)
    top = x.amax(dim=axis, keepdim=True).clamp(min=torch.finfo(x.dtype).min)
    e = x.sub_(top).exp_()
    total = e.sum(dim=axis, keepdim=True).clamp(min=1)
    return e / total


def softmax_backward(p, grad, axis=-1):
    """The gradient with respect to the scores: J grad with J = diag(p) - p p^T, without forming J."""
    mean = (p * grad).sum(dim=axis, keepdim=True)
    return p * (grad - mean)
