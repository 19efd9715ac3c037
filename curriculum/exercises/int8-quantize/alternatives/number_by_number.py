"""One number at a time; Python's round also takes halves to the even integer."""

import numpy as np


def quantize(x):
    rows = [[float(v) for v in row] for row in x]
    q, scales = [], []
    for row in rows:
        largest = max(abs(v) for v in row)
        scale = largest / 127.0 if largest > 0 else 1.0
        q.append([round(v / scale) for v in row])
        scales.append(scale)
    return np.array(q, dtype=np.int8), np.array(scales)


def dequantize(q, scale):
    return np.array([[int(v) * s for v in row] for row, s in zip(q, scale)], dtype=np.float64)
