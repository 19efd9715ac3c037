"""Scales the query before the product, divides after the mixture, and answers in float32."""

import numpy as np


def attention(q, k, v, mask=None):
    q = np.asarray(q, dtype=np.float64) * q.shape[-1] ** -0.5
    scores = np.einsum("...nd,...md->...nm", q, np.asarray(k, dtype=np.float64))
    seen = np.ones(scores.shape, dtype=bool) if mask is None else np.broadcast_to(mask, scores.shape)
    top = np.max(scores, axis=-1, keepdims=True, where=seen, initial=-1e300)
    e = seen * np.exp(np.minimum(scores - top, 0.0))
    mixed = np.einsum("...nm,...me->...ne", e, v)
    total = e.sum(axis=-1)[..., None]
    total[total == 0.0] = 1.0
    return (mixed / total).astype(np.float32)
