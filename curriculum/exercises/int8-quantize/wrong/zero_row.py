# misconception: zero-row-divided
# says: A row of zeros has largest value 0, and you divide 0 by 0: the quotients are NaN and the scale is useless.
# repairs: quantization#statement
# caught by: a row of zeros has scale 1
import numpy as np


def quantize(x):
    x = np.asarray(x, dtype=np.float64)
    scale = np.abs(x).max(axis=1, keepdims=True) / 127
    return np.rint(x / scale).astype(np.int8), scale[:, 0]


def dequantize(q, scale):
    return q * scale[:, None]
