# misconception: mask-multiplies-scores
# says: You multiply the scores by the mask, so a hidden key has score 0 and still gets weight exp(0); only minus infinity gives weight 0.
# repairs: causal-masking#statement
# caught by: hidden keys do not matter
import math

import numpy as np


def attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores * mask
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v
