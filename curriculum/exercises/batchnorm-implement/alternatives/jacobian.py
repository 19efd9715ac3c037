"""One feature at a time: the backward pass multiplies by the Jacobian of the standardised column."""

import numpy as np


def batch_norm(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    count, width = x.shape
    y = np.empty((count, width))
    means, variances = [], []
    for j in range(width):
        column = x[:, j].astype(np.float64)
        if training:
            mean = column.sum() / count
            squares = float(np.dot(column - mean, column - mean))
            variance = squares / count
            means.append((1.0 - momentum) * running_mean[j] + momentum * mean)
            variances.append((1.0 - momentum) * running_var[j] + momentum * squares / (count - 1))
        else:
            mean, variance = running_mean[j], running_var[j]
            means.append(mean)
            variances.append(variance)
        y[:, j] = (column - mean) * (gamma[j] / np.sqrt(variance + eps)) + beta[j]
    return y, np.array(means), np.array(variances)


def batch_norm_backward(dy, x, gamma, eps=1e-5):
    count, width = x.shape
    dx, dgamma = np.empty((count, width)), np.empty(width)
    for j in range(width):
        column = x[:, j].astype(np.float64)
        deviation = np.sqrt(np.var(column) + eps)
        xhat = (column - column.mean()) / deviation
        jacobian = (np.eye(count) - 1.0 / count - np.outer(xhat, xhat) / count) / deviation
        dx[:, j] = gamma[j] * (jacobian.T @ dy[:, j])
        dgamma[j] = dy[:, j] @ xhat
    return dx, dgamma, np.ones(count) @ dy
