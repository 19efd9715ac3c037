"""A block-diagonal rotation matrix for each position, answered in float32."""

import math

import numpy as np


def rope(x, positions, base=10000.0):
    n, d = x.shape[-2:]
    out = np.zeros(x.shape)
    for j in range(n):
        matrix = np.zeros((d, d))
        for i in range(d // 2):
            angle = float(positions[j]) / base ** (2 * i / d)
            c, s = math.cos(angle), math.sin(angle)
            matrix[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[c, -s], [s, c]]
        out[..., j, :] = x[..., j, :] @ matrix.T
    return out.astype(np.float32)
