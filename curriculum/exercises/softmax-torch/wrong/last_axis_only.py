# misconception: axis-ignored
# says: You always normalise the last axis, whatever `axis` says; ask for columns and the columns do not sum to one.
# repairs: softmax#common-mistakes
# caught by: any axis can be normalised
"""Softmax along any axis, and its backward pass, on tensors."""

import torch


def softmax(x, axis=-1):
    """Probabilities proportional to the exponentials of x along one axis; same shape as x."""
    x = torch.as_tensor(x)
    if not x.is_floating_point():
        x = x.to(torch.float64)
    top = x.amax(dim=-1, keepdim=True).clamp(min=torch.finfo(x.dtype).min)
    e = torch.exp(x - top)
    total = e.sum(dim=-1, keepdim=True).clamp(min=1)
    return e / total


def softmax_backward(p, grad, axis=-1):
    """The gradient with respect to the scores: J grad with J = diag(p) - p p^T, without forming J."""
    mean = (p * grad).sum(dim=-1, keepdim=True)
    return p * (grad - mean)
