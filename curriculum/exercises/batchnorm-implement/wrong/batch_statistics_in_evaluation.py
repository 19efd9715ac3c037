# misconception: batch-norm-batch-statistics-in-evaluation
# says: You standardise with the statistics of the batch in evaluation too, so one example's output depends on the others; use the stored ones.
# repairs: batch-normalization#failure-modes
# caught by: in evaluation each example stands alone
import numpy as np


def batch_norm(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    mean, var = x.mean(axis=0), x.var(axis=0)
    if training:
        unbiased = var * len(x) / (len(x) - 1)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * unbiased
    y = gamma * (x - mean) / np.sqrt(var + eps) + beta
    return y, running_mean, running_var


def batch_norm_backward(dy, x, gamma, eps=1e-5):
    deviation = np.sqrt(x.var(axis=0) + eps)
    xhat = (x - x.mean(axis=0)) / deviation
    dgamma = (dy * xhat).sum(axis=0)
    dbeta = dy.sum(axis=0)
    dx = gamma / deviation * (dy - dbeta / len(x) - xhat * dgamma / len(x))
    return dx, dgamma, dbeta
