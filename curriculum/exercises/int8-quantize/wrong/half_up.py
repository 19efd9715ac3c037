# misconception: halves-rounded-up
# says: You round by adding a half and taking the floor; halves then always go up, which shifts the mean, and the contract sends them to the even integer.
# repairs: quantization#statement
# caught by: quotients are rounded to the nearest integer
import numpy as np


def quantize(x):
    x = np.asarray(x, dtype=np.float64)
    scale = np.abs(x).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    return np.floor(x / scale + 0.5).astype(np.int8), scale[:, 0]


def dequantize(q, scale):
    return q * scale[:, None]
