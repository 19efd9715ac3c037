import numpy as np


def batch_norm(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    """Standardise each feature over the batch (training) or by running statistics (evaluation).

    x: (B, d) batch
    gamma, beta: (d,) gain and bias
    running_mean, running_var: (d,) running statistics before the call
    training: which statistics standardise x
    momentum: weight of the new value in the running statistics
    eps: added to the variance, under the root

    Returns (y, running_mean, running_var), shapes (B, d), (d,), (d,), the statistics after the call.
    """
    raise NotImplementedError


def batch_norm_backward(dy, x, gamma, eps=1e-5):
    """Gradients of the loss for the forward pass in training.

    dy: (B, d) gradient with respect to y
    x: (B, d) the batch of the forward pass
    gamma: (d,) gain
    eps: as in the forward pass

    Returns (dx, dgamma, dbeta), shapes (B, d), (d,), (d,).
    """
    raise NotImplementedError
