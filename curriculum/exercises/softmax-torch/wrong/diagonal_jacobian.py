# misconception: softmax-jacobian-diagonal
# says: You multiply by p(1 - p), the diagonal of the Jacobian; every score also moves all the other probabilities, by -p_i p_j.
# repairs: softmax#statement
# caught by: the backward pass is the gradient
"""Softmax along any axis, and its backward pass, on tensors."""

import torch


def softmax(x, axis=-1):
    """Probabilities proportional to the exponentials of x along one axis; same shape as x."""
    x = torch.as_tensor(x)
    if not x.is_floating_point():
        x = x.to(torch.float64)
    top = x.amax(dim=axis, keepdim=True).clamp(min=torch.finfo(x.dtype).min)
    e = torch.exp(x - top)
    total = e.sum(dim=axis, keepdim=True).clamp(min=1)
    return e / total


def softmax_backward(p, grad, axis=-1):
    """The gradient with respect to the scores: J grad with J = diag(p) - p p^T, without forming J."""
    mean = (p * grad).sum(dim=axis, keepdim=True)
    return p * (1 - p) * grad
