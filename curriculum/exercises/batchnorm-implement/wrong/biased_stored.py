# misconception: batch-norm-stores-biased-variance
# says: You store the variance divided by B; the running average estimates the variance of all data and takes the one divided by B - 1.
# repairs: batch-normalization#statement
# caught by: the running statistics move by the momentum
import numpy as np


def batch_norm(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    mean, var = running_mean, running_var
    if training:
        mean, var = x.mean(axis=0), x.var(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * var
    y = gamma * (x - mean) / np.sqrt(var + eps) + beta
    return y, running_mean, running_var


def batch_norm_backward(dy, x, gamma, eps=1e-5):
    deviation = np.sqrt(x.var(axis=0) + eps)
    xhat = (x - x.mean(axis=0)) / deviation
    dgamma = (dy * xhat).sum(axis=0)
    dbeta = dy.sum(axis=0)
    dx = gamma / deviation * (dy - dbeta / len(x) - xhat * dgamma / len(x))
    return dx, dgamma, dbeta
