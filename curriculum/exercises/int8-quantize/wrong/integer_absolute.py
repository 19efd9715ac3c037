# misconception: absolute-value-in-int8
# says: You take the absolute value in the dtype of the input; in int8 the absolute value of -128 is -128, and the maximum comes from another entry.
# repairs: quantization#int8
# caught by: q is int8 and numbers of any kind are taken
import numpy as np


def quantize(x):
    x = np.asarray(x)
    scale = np.abs(x).max(axis=1, keepdims=True).astype(np.float64) / 127
    scale[scale == 0] = 1
    return np.rint(x / scale).astype(np.int8), scale[:, 0]


def dequantize(q, scale):
    return q * scale[:, None]
