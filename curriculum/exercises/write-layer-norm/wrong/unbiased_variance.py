# misconception: layer-norm-unbiased-variance
# says: You divide the squares by d - 1; layer norm describes these d features, it does not estimate a population, and divides by d.
# repairs: layer-normalization#common-mistakes
# caught by: each token gets mean 0 and variance 1
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    d = x.shape[-1]
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = (centred**2).sum(axis=-1, keepdims=True) / max(d - 1, 1)
    return gamma * centred / np.sqrt(variance + eps) + beta
