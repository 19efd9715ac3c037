# misconception: dropout-one-mask-for-the-batch
# says: You draw one mask and use it for all examples of the batch; each example gets its own, or a step trains only one thinned network.
# repairs: dropout#statement
# caught by: the entries are dropped independently
import numpy as np


def dropout(x, p, rng, training=True):
    if not training:
        return x.copy(), np.ones_like(x)
    mask = np.ones_like(x) * ((rng.random(x.shape[-1:]) >= p) / (1 - p))
    return x * mask, mask


def dropout_backward(dy, mask):
    return dy * mask
