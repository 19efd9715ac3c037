# misconception: rms-norm-result-stays-wide
# says: You compute in a wider type, which is right, and return it; the next layer expects the type of x, and a wider one doubles its memory.
# repairs: rms-normalization#failure-modes
# caught by: the result has the type of x
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    wide = x.astype(np.promote_types(x.dtype, np.float32))
    mean_square = (wide**2).mean(axis=-1, keepdims=True)
    return gain * wide / np.sqrt(mean_square + eps)
