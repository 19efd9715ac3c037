# misconception: softmax-without-max
# says: You exponentiate the raw scores; beyond about 709 in float64 and 88 in float32 the result is infinite, and infinity over infinity is NaN.
# repairs: numerically-stable-softmax#statement
# caught by: large scores do not break it
import math

import numpy as np


def attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    e = np.exp(scores)
    total = e.sum(axis=-1, keepdims=True)
    return e / np.where(total == 0, 1.0, total) @ v
