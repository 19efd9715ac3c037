# misconception: attention-scale-by-model-width
# says: You divide by the square root of the width of the source; the score is a sum of d_k products, so the scale is the square root of d_k.
# repairs: scaled-dot-product-attention#attention-scaling
# caught by: the scale is the root of the key width
import math

import numpy as np


def cross_attention(y, x, w_q, w_k, w_v, source_mask=None):
    q, k, v = y @ w_q, x @ w_k, x @ w_v
    scores = q @ k.swapaxes(1, 2) / math.sqrt(x.shape[-1])
    if source_mask is not None:
        scores = np.where(source_mask[:, None, :], scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v
