# misconception: dropout-scaled-twice
# says: You divide by 1 - p in training and multiply by it at inference as well; with inverted dropout the layer does nothing at inference.
# repairs: dropout#common-mistakes
# caught by: evaluation changes nothing
import numpy as np


def dropout(x, p, rng, training=True):
    if not training:
        mask = np.full_like(x, 1 - p)
        return x * mask, mask
    mask = (rng.random(x.shape) >= p) / (1 - p)
    return x * mask, mask


def dropout_backward(dy, mask):
    return dy * mask
