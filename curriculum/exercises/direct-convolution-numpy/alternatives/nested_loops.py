"""The definition: one output number at a time, each a sum over its window."""

import numpy as np


def conv2d(x, kernel, bias, stride=1, padding=0):
    batch, channels, height, width = x.shape
    filters, _, high, wide = kernel.shape
    room = np.zeros((batch, channels, height + 2 * padding, width + 2 * padding), dtype=x.dtype)
    room[:, :, padding : padding + height, padding : padding + width] = x
    rows = (height + 2 * padding - high) // stride + 1
    columns = (width + 2 * padding - wide) // stride + 1
    y = np.empty((batch, filters, rows, columns))
    for b, f, i, j in np.ndindex(*y.shape):
        top, left = i * stride, j * stride
        y[b, f, i, j] = bias[f] + np.sum(kernel[f] * room[b, :, top : top + high, left : left + wide])
    return y
