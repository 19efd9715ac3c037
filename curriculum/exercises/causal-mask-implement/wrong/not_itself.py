# misconception: causal-mask-without-self
# says: You hide the diagonal too; a position may look at itself, and the first one would otherwise see nothing.
# repairs: causal-masking#common-mistakes
# caught by: the mask shows the past and the position itself
import numpy as np


def causal_mask(n, m):
    return np.tril(np.ones((n, m), dtype=bool), k=m - n - 1)


def causal_softmax(scores):
    n, m = scores.shape[-2:]
    z = np.where(causal_mask(n, m), scores, -np.inf)
    top = z.max(axis=-1, keepdims=True)
    e = np.exp(z - np.where(np.isfinite(top), top, 0.0))
    total = e.sum(axis=-1, keepdims=True)
    return e / np.where(total == 0.0, 1.0, total)
