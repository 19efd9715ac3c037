"""The backward pass walks the graph node by node; the running averages move by a share of the difference."""

import numpy as np


def batch_norm(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    x = np.asarray(x, dtype=np.float64)
    if not training:
        slope = gamma / np.sqrt(running_var + eps)
        return slope * x + (beta - slope * running_mean), running_mean.copy(), running_var.copy()
    mean = np.mean(x, axis=0)
    new_mean = running_mean + momentum * (mean - running_mean)
    new_var = running_var + momentum * (np.var(x, axis=0, ddof=1) - running_var)
    return (x - mean) * gamma / (np.var(x, axis=0) + eps) ** 0.5 + beta, new_mean, new_var


def batch_norm_backward(dy, x, gamma, eps=1e-5):
    x, dy = x.astype(np.float64), dy.astype(np.float64)
    count = x.shape[0]
    centred = x - x.mean(axis=0)
    var = (centred * centred).mean(axis=0)
    inverse = (var + eps) ** -0.5

    d_xhat = dy * gamma
    d_inverse = (d_xhat * centred).sum(axis=0)
    d_centred = d_xhat * inverse
    d_var = d_inverse * -0.5 * (var + eps) ** -1.5
    d_centred = d_centred + 2.0 * centred * d_var / count
    dx = d_centred - d_centred.sum(axis=0) / count
    return dx, np.einsum("bd,bd->d", dy, centred * inverse), np.einsum("bd->d", dy)
