# misconception: rms-norm-gain-as-offset
# says: You multiply by 1 + gain; some models store the gain as an offset from one, but here it is the factor itself.
# repairs: rms-normalization#common-mistakes
# caught by: the gain multiplies
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    wide = x.astype(np.promote_types(x.dtype, np.float32))
    mean_square = (wide**2).mean(axis=-1, keepdims=True)
    return ((1 + gain) * wide / np.sqrt(mean_square + eps)).astype(x.dtype)
