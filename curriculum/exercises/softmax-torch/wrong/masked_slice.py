# misconception: masked-slice-nan
# says: In a slice where every score is -inf you compute -inf - (-inf), which is NaN, and one NaN spreads through everything after it.
# repairs: numerically-stable-softmax#failure-modes
# caught by: masked scores get probability 0
"""Softmax along any axis, and its backward pass, on tensors."""

import torch


def softmax(x, axis=-1):
    """Probabilities proportional to the exponentials of x along one axis; same shape as x."""
    x = torch.as_tensor(x)
    if not x.is_floating_point():
        x = x.to(torch.float64)
    top = x.amax(dim=axis, keepdim=True)
    e = torch.exp(x - top)
    total = e.sum(dim=axis, keepdim=True)
    return e / total


def softmax_backward(p, grad, axis=-1):
    """The gradient with respect to the scores: J grad with J = diag(p) - p p^T, without forming J."""
    mean = (p * grad).sum(dim=axis, keepdim=True)
    return p * (grad - mean)
