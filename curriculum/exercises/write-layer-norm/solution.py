import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    # Averages over the last axis only: each token is compared with itself. keepdims lines them up with x.
    centred = x - x.mean(axis=-1, keepdims=True)

    # Squares of what is left after centring: these stay small when the mean is large, so no digits are lost.
    variance = (centred**2).mean(axis=-1, keepdims=True)

    # eps under the root keeps a token of equal features, with variance 0, from giving 0 / 0.
    return gamma * centred / np.sqrt(variance + eps) + beta
