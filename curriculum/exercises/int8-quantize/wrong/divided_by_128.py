# misconception: int8-largest-is-128
# says: You divide by 128, so the largest number of a row becomes 128; int8 ends at 127, and 128 wraps round to -128.
# repairs: quantization#statement
# caught by: the largest entry of a row lands on 127
import numpy as np


def quantize(x):
    x = np.asarray(x, dtype=np.float64)
    scale = np.abs(x).max(axis=1, keepdims=True) / 128
    scale[scale == 0] = 1
    return np.rint(x / scale).astype(np.int8), scale[:, 0]


def dequantize(q, scale):
    return q * scale[:, None]
