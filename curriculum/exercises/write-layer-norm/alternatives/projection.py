"""Centres with a projection matrix and takes the variance with einsum, in float64."""

import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    x = np.asarray(x, dtype=np.float64)
    d = x.shape[-1]
    centring = np.eye(d) - 1.0 / d
    # An offset that all features share does not change the result; without it the product keeps its digits.
    centred = (x - x[..., :1]) @ centring
    precision = 1.0 / (np.einsum("...d,...d->...", centred, centred) / d + eps)
    return centred * np.sqrt(precision)[..., np.newaxis] * gamma + beta
