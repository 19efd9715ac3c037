# misconception: quantise-by-truncation
# says: You convert to int8 without rounding; the conversion cuts off towards zero, so the error reaches a whole step and shrinks every number.
# repairs: quantization#statement
# caught by: the error is at most half a step
import numpy as np


def quantize(x):
    x = np.asarray(x, dtype=np.float64)
    scale = np.abs(x).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    return (x / scale).astype(np.int8), scale[:, 0]


def dequantize(q, scale):
    return q * scale[:, None]
