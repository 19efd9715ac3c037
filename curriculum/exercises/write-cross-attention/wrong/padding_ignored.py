# misconception: padding-not-masked
# says: You do not hide the padding, so filler tokens leak into every output, and the result depends on how far the batch was padded.
# repairs: cross-attention#failure-modes
# caught by: padding does not matter
import math

import numpy as np


def cross_attention(y, x, w_q, w_k, w_v, source_mask=None):
    q, k, v = y @ w_q, x @ w_k, x @ w_v
    scores = q @ k.swapaxes(1, 2) / math.sqrt(k.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v
