"""One token at a time in plain Python numbers, answered in float32."""

import math

import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    d = x.shape[-1]
    out = np.empty(x.shape, dtype=np.float32)
    for place in np.ndindex(*x.shape[:-1]):
        features = [float(f) for f in x[place]]
        mean = math.fsum(features) / d
        variance = math.fsum((f - mean) ** 2 for f in features) / d
        for j in range(d):
            out[place + (j,)] = (features[j] - mean) / math.sqrt(variance + eps) * gamma[j] + beta[j]
    return out
