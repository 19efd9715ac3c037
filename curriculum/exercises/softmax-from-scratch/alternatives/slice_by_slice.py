"""One slice at a time in plain Python numbers, through the logarithm of the total."""

import math

import numpy as np


def softmax(x, axis=-1):
    x = np.array(x)
    kind = x.dtype if x.dtype.kind == "f" else np.dtype(np.float64)
    rows = np.moveaxis(x, axis, -1)
    out = np.empty(rows.shape, dtype=kind)
    for where in np.ndindex(rows.shape[:-1]):
        scores = [float(v) for v in rows[where]]
        top = max(scores)
        if top == -math.inf:
            out[where] = 0
            continue
        log_total = top + math.log(math.fsum(math.exp(v - top) for v in scores))
        out[where] = [math.exp(v - log_total) for v in scores]
    return np.moveaxis(out, -1, axis)


def softmax_backward(p, grad, axis=-1):
    p, grad = np.moveaxis(np.array(p), axis, -1), np.moveaxis(np.array(grad), axis, -1)
    out = np.empty(p.shape, dtype=np.result_type(p, grad))
    for where in np.ndindex(p.shape[:-1]):
        shared = np.dot(p[where], grad[where])
        out[where] = p[where] * grad[where] - p[where] * shared
    return np.moveaxis(out, -1, axis)
