"""One pass over each slice with a running maximum, in Python numbers."""

import math

import numpy as np


def _online(values):
    top, total = -math.inf, 0.0
    for v in values:
        v = float(v)
        if v == math.inf:
            return math.inf
        if v > top:
            total = total * math.exp(top - v) + 1.0
            top = v
        elif v > -math.inf:
            total += math.exp(v - top)
    return top + math.log(total) if total else -math.inf


def logsumexp(x, axis=-1, keepdims=False):
    x = np.array(x)
    kind = x.dtype if x.dtype.kind == "f" else float
    rows = np.moveaxis(x, axis, -1)
    out = np.array([_online(rows[i]) for i in np.ndindex(rows.shape[:-1])], dtype=kind).reshape(rows.shape[:-1])
    return np.expand_dims(out, axis) if keepdims else out


def log_softmax(x, axis=-1):
    x = np.array(x)
    return (x - logsumexp(x, axis, keepdims=True)).astype(x.dtype if x.dtype.kind == "f" else float)
