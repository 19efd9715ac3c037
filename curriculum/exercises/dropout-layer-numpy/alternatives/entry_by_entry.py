"""One coin at a time."""

import numpy as np


def dropout(x, p, rng, training=True):
    y, mask = np.array(x, dtype=float), np.ones(np.shape(x))
    for place in np.ndindex(*np.shape(x)):
        if training:
            mask[place] = 1.0 / (1.0 - p) if rng.uniform(0.0, 1.0) < 1.0 - p else 0.0
        y[place] = mask[place] * x[place]
    return y, mask


def dropout_backward(dy, mask):
    dx = np.zeros(np.shape(dy))
    for place in np.ndindex(*np.shape(dy)):
        dx[place] = mask[place] * dy[place]
    return dx
