# misconception: rms-norm-squares-in-half-precision
# says: You square in the type of x; in float16 entries from 256 on overflow to infinity and entries below about 0.0002 vanish, so widen before you square.
# repairs: rms-normalization#failure-modes
# caught by: float16 holds from small to large
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    mean_square = np.mean(np.square(x), axis=-1, keepdims=True, dtype=np.promote_types(x.dtype, np.float32))
    return (gain * x / np.sqrt(mean_square + eps)).astype(x.dtype)
