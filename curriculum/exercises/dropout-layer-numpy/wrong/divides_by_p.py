# misconception: dropout-divides-by-p
# says: You divide what stays by p; the share that stays is 1 - p, and the two agree only at p = 0.5.
# repairs: dropout#dropout-scaling
# caught by: the mean is kept
import numpy as np


def dropout(x, p, rng, training=True):
    if not training or p == 0:
        return x.copy(), np.ones_like(x)
    mask = (rng.random(x.shape) >= p) / p
    return x * mask, mask


def dropout_backward(dy, mask):
    return dy * mask
