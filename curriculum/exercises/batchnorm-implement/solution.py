import numpy as np


def batch_norm(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    mean, var = running_mean, running_var
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)

        # The stored variance estimates that of all data, so it gets the unbiased one. New arrays, not +=:
        # the caller's statistics stay as they were.
        unbiased = var * len(x) / (len(x) - 1)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * unbiased

    y = gamma * (x - mean) / np.sqrt(var + eps) + beta
    return y, running_mean, running_var


def batch_norm_backward(dy, x, gamma, eps=1e-5):
    deviation = np.sqrt(x.var(axis=0) + eps)
    xhat = (x - x.mean(axis=0)) / deviation

    # gamma and beta act on every example, so their gradients are sums over the batch.
    dgamma = (dy * xhat).sum(axis=0)
    dbeta = dy.sum(axis=0)

    # Three paths from x to the loss: its own x̂, the mean (which takes the average of dy away) and the
    # variance (which takes away the part along x̂).
    dx = gamma / deviation * (dy - dbeta / len(x) - xhat * dgamma / len(x))
    return dx, dgamma, dbeta
