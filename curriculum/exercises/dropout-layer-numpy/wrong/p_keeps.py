# misconception: dropout-p-as-keep-probability
# says: You keep entries with probability p; here p is the probability to drop. The 2014 paper uses the letter for the other one.
# repairs: dropout#common-mistakes
# caught by: a share p is dropped
import numpy as np


def dropout(x, p, rng, training=True):
    if not training:
        return x.copy(), np.ones_like(x)
    mask = (rng.random(x.shape) < p) / max(p, 1e-12)
    return x * mask, mask


def dropout_backward(dy, mask):
    return dy * mask
