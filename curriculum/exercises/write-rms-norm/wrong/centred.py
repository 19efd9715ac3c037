# misconception: rms-norm-centres
# says: You subtract the mean first; that is layer norm without bias, while RMSNorm keeps the mean and divides by the root mean square.
# repairs: rms-normalization#statement
# caught by: nothing is subtracted
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    wide = x.astype(np.promote_types(x.dtype, np.float32))
    centred = wide - wide.mean(axis=-1, keepdims=True)
    mean_square = (centred**2).mean(axis=-1, keepdims=True)
    return (gain * centred / np.sqrt(mean_square + eps)).astype(x.dtype)
