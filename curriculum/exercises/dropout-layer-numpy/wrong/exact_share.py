# misconception: dropout-drops-an-exact-share
# says: You drop an exact share of the entries; the coins are independent, so the number dropped varies and one coin says nothing about another.
# repairs: dropout#statement
# caught by: the entries are dropped independently
import numpy as np


def dropout(x, p, rng, training=True):
    if not training:
        return x.copy(), np.ones_like(x)
    kept = np.ones(x.size)
    kept[: round(p * x.size)] = 0
    mask = rng.permutation(kept).reshape(x.shape) / (1 - p)
    return x * mask, mask


def dropout_backward(dy, mask):
    return dy * mask
