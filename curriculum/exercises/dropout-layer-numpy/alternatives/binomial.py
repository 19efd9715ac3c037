"""Counts successes of one toss with the keep probability, in float32."""

import numpy as np


def dropout(x, p, rng, training=True):
    keep = 1.0 - p if training else 1.0
    mask = np.asarray(rng.binomial(1, keep, size=x.shape) / keep, dtype=np.float32)
    return np.multiply(x, mask), mask


def dropout_backward(dy, mask):
    return np.where(mask > 0, dy * mask, 0.0)
