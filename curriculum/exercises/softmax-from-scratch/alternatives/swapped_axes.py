"""Work on the last axis of a view, mark masked slices beforehand, and subtract the two terms of the Jacobian."""

import numpy as np


def softmax(x, axis=-1):
    x = np.array(x)
    x = x if x.dtype.kind == "f" else x.astype(float)
    rows = x.swapaxes(axis, -1)
    alive = np.any(rows > -np.inf, axis=-1)
    safe = np.where(alive[..., None], rows, 0)
    weights = np.exp(safe - np.max(safe, axis=-1)[..., None])
    weights[~alive] = 0
    total = np.where(alive, weights.sum(axis=-1), 1)
    return (weights / total[..., None]).swapaxes(axis, -1)


def softmax_backward(p, grad, axis=-1):
    product = np.multiply(p, grad)
    return product - np.asarray(p) * np.sum(product, axis=axis, keepdims=True)
