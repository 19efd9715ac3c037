# misconception: one-scale-for-all-rows
# says: You take the maximum of the whole array; a row of small numbers next to a large one then falls onto a few levels.
# repairs: quantization#failure-modes
# caught by: every row has its own scale
import numpy as np


def quantize(x):
    x = np.asarray(x, dtype=np.float64)
    scale = np.full((len(x), 1), np.abs(x).max()) / 127
    scale[scale == 0] = 1
    return np.rint(x / scale).astype(np.int8), scale[:, 0]


def dequantize(q, scale):
    return q * scale[:, None]
