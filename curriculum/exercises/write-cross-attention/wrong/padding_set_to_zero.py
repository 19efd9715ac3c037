# misconception: padding-zeroed-not-masked
# says: You set the padded source rows to zero; a zero key has score 0, so padding still gets weight exp(0). Hide its score with minus infinity.
# repairs: cross-attention#failure-modes
# caught by: padding does not matter
import math

import numpy as np


def cross_attention(y, x, w_q, w_k, w_v, source_mask=None):
    if source_mask is not None:
        x = x * source_mask[:, :, None]
    q, k, v = y @ w_q, x @ w_k, x @ w_v
    scores = q @ k.swapaxes(1, 2) / math.sqrt(k.shape[-1])
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v
