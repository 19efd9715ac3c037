# misconception: rms-norm-eps-outside-root
# says: You add eps to the root; it belongs to the mean square, under the root, and for small inputs the two differ by orders of magnitude.
# repairs: rms-normalization#statement
# caught by: eps is added to the mean square
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    wide = x.astype(np.promote_types(x.dtype, np.float32))
    rms = np.sqrt((wide**2).mean(axis=-1, keepdims=True))
    return (gain * wide / (rms + eps)).astype(x.dtype)
