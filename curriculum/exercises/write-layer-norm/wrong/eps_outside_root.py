# misconception: layer-norm-eps-outside-root
# says: You add eps to the standard deviation; it belongs to the variance, under the root, which is another function wherever the variance is not large.
# repairs: layer-normalization#statement
# caught by: eps is added to the variance
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(axis=-1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True))
    return gamma * centred / (deviation + eps) + beta
