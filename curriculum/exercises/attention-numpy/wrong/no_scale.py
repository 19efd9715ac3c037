# misconception: attention-without-scale
# says: You leave out the division by √d_k, so the scores grow with the width of the keys and the softmax saturates.
# repairs: scaled-dot-product-attention#attention-scaling
# caught by: the scale is the root of the key width
import numpy as np


def attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(np.isfinite(top), top, 0.0)
    e = np.exp(scores - top)
    total = e.sum(axis=-1, keepdims=True)
    return e / np.where(total == 0, 1.0, total) @ v
