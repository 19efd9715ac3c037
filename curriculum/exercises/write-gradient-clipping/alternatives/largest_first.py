"""One long vector, divided by its largest entry before squaring, so float32 suffices."""

import numpy as np


def clip_by_global_norm(gradients, limit):
    flat = np.concatenate([np.ravel(g) for g in gradients])
    largest = np.max(np.abs(flat), initial=0)
    if largest == 0:
        return [np.zeros_like(g) for g in gradients], 0.0
    relative = flat / largest
    norm = float(largest) * float(np.sqrt(np.dot(relative, relative)))
    if norm <= limit:
        return [g.copy() for g in gradients], norm
    # A little beyond the norm, as some libraries do.
    return [g * (limit / (norm + 1e-6)) for g in gradients], norm
