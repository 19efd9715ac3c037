# misconception: layer-norm-over-length-and-features
# says: You take one mean and variance over the tokens as well as the features, so each token's result depends on the others.
# repairs: layer-normalization#common-mistakes
# caught by: each token stands alone
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    mean = x.mean()
    variance = ((x - mean) ** 2).mean()
    return gamma * (x - mean) / np.sqrt(variance + eps) + beta
