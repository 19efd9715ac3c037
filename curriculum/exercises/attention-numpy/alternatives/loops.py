"""One query at a time, over the keys it may see: no masking arithmetic at all."""

import numpy as np


def attention(q, k, v, mask=None):
    q, k, v = np.asarray(q), np.asarray(k), np.asarray(v)
    n, m = q.shape[-2], k.shape[-2]
    visible = np.broadcast_to(True if mask is None else mask, q.shape[:-2] + (n, m))
    out = np.zeros(q.shape[:-1] + (v.shape[-1],))
    for place in np.ndindex(*q.shape[:-1]):
        lead = place[:-1]
        keys = np.flatnonzero(visible[place])
        if keys.size == 0:
            continue
        scores = [float(np.dot(q[place], k[lead + (j,)])) / q.shape[-1] ** 0.5 for j in keys]
        top = max(scores)
        e = [np.exp(s - top) for s in scores]
        for j, weight in zip(keys, e):
            out[place] += weight / sum(e) * v[lead + (j,)]
    return out
