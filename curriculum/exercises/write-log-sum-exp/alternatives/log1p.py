"""The largest term taken out of the sum, the rest through log1p."""

import numpy as np


def logsumexp(x, axis=-1, keepdims=False):
    x = np.array(x)
    x = x if x.dtype.kind == "f" else x.astype(float)
    rows = np.sort(np.moveaxis(x, axis, -1), axis=-1)
    top, rest = rows[..., -1], rows[..., :-1]
    with np.errstate(invalid="ignore"):
        inner = np.log1p(np.exp(rest - top[..., None]).sum(axis=-1))
    out = np.where(np.isinf(top), top, top + inner)
    return np.expand_dims(out, axis) if keepdims else out


def log_softmax(x, axis=-1):
    x = np.array(x)
    x = x if x.dtype.kind == "f" else x.astype(float)
    shifted = x - np.max(x, axis=axis, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))
