import numpy as np


def rms_norm(x, gain, eps=1e-6):
    # Squares leave the range of float16 long before the entries do, so the arithmetic runs in at least float32.
    wide = x.astype(np.promote_types(x.dtype, np.float32))
    mean_square = (wide**2).mean(axis=-1, keepdims=True)

    # The quotient is of size one again; only now is it safe to return to the type of x.
    return (gain * wide / np.sqrt(mean_square + eps)).astype(x.dtype)
