# misconception: cross-attention-with-causal-mask
# says: You put a causal mask on the source; the whole source is known, and the first position of y may need its last word.
# repairs: cross-attention#common-mistakes
# caught by: the place of a query does not matter
import math

import numpy as np


def cross_attention(y, x, w_q, w_k, w_v, source_mask=None):
    q, k, v = y @ w_q, x @ w_k, x @ w_v
    scores = q @ k.swapaxes(1, 2) / math.sqrt(k.shape[-1])
    if source_mask is not None:
        scores = np.where(source_mask[:, None, :], scores, -np.inf)
    n, m = scores.shape[1:]
    scores = np.where(np.tril(np.ones((n, m), dtype=bool)), scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True) @ v
