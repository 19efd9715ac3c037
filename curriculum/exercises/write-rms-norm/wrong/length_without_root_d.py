# misconception: rms-norm-divides-by-length
# says: You divide by the length of the vector, the root of the sum of the squares; the root of their mean is √d times smaller, so your result is √d times too small.
# repairs: rms-normalization#common-mistakes
# caught by: the result has length root d
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    wide = x.astype(np.promote_types(x.dtype, np.float32))
    square = (wide**2).sum(axis=-1, keepdims=True)
    return (gain * wide / np.sqrt(square + eps)).astype(x.dtype)
