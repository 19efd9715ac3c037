# misconception: maximum-without-absolute-value
# says: You take the largest number, not the largest absolute value; a row whose negative end is longer overflows int8.
# repairs: quantization#statement
# caught by: the largest entry of a row lands on 127
import numpy as np


def quantize(x):
    x = np.asarray(x, dtype=np.float64)
    scale = x.max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    return np.rint(x / scale).astype(np.int8), scale[:, 0]


def dequantize(q, scale):
    return q * scale[:, None]
