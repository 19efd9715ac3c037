# misconception: max-pooling-assigns-overlaps
# says: You assign where you must add: with overlapping windows one place may win several times and receives the sum.
# repairs: pooling#derivation
# caught by: overlapping windows add up
import numpy as np


def windows(x, size, stride, padding):
    margin = (padding, padding)
    padded = np.pad(x, ((0, 0), (0, 0), margin, margin), constant_values=-np.inf)
    rows = (padded.shape[2] - size) // stride + 1
    columns = (padded.shape[3] - size) // stride + 1
    return padded, rows, columns


def max_pool2d(x, size, stride, padding=0):
    padded, rows, columns = windows(x, size, stride, padding)
    y = np.empty((*x.shape[:2], rows, columns))
    for i in range(rows):
        for j in range(columns):
            window = padded[:, :, i * stride : i * stride + size, j * stride : j * stride + size]
            y[:, :, i, j] = window.max(axis=(2, 3))
    return y


def max_pool2d_backward(dy, x, size, stride, padding=0):
    padded, rows, columns = windows(x, size, stride, padding)
    dpadded = np.zeros(padded.shape)
    for b, c, i, j in np.ndindex(*dy.shape):
        place = np.s_[b, c, i * stride : i * stride + size, j * stride : j * stride + size]
        u, v = np.unravel_index(padded[place].argmax(), padded[place].shape)
        dpadded[b, c, i * stride + u, j * stride + v] = dy[b, c, i, j]
    return dpadded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
