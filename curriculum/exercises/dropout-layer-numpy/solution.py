import numpy as np


def dropout(x, p, rng, training=True):
    if not training:
        return x.copy(), np.ones_like(x)

    # One independent coin for each entry. random() is below p with probability p: those are dropped.
    kept = rng.random(x.shape) >= p

    # A share 1 - p stays, so what stays is divided by it, and the mean over all masks is x.
    mask = kept / (1 - p)
    return x * mask, mask


def dropout_backward(dy, mask):
    # y = x * mask with a constant mask, so the slope of each entry is its mask.
    return dy * mask
