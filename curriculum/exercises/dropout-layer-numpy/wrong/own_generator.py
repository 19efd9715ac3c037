# misconception: dropout-ignores-the-generator
# says: You draw from a generator of your own; the run can then not be repeated from its seed.
# repairs: dropout#statement
# caught by: all randomness comes from the generator
import numpy as np


def dropout(x, p, rng, training=True):
    if not training:
        return x.copy(), np.ones_like(x)
    mask = (np.random.default_rng().random(x.shape) >= p) / (1 - p)
    return x * mask, mask


def dropout_backward(dy, mask):
    return dy * mask
