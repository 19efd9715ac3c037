# misconception: mask-after-softmax
# says: You set weights to zero after the softmax; the hidden scores are already in the sum, and the remaining weights no longer sum to one.
# repairs: causal-masking#failure-modes
# caught by: hidden keys do not matter
import math

import numpy as np


def attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / math.sqrt(q.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    if mask is not None:
        weights = weights * mask
    return weights @ v
