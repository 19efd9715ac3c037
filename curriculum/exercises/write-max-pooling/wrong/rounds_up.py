# misconception: max-pooling-rounds-size-up
# says: You round the output size up and let the last window hang over the edge; only full windows count.
# repairs: pooling#statement
# caught by: only full windows count
import numpy as np


def windows(x, size, stride, padding):
    rows = -(-(x.shape[2] + 2 * padding - size) // stride) + 1
    columns = -(-(x.shape[3] + 2 * padding - size) // stride) + 1
    below = (rows - 1) * stride + size - padding - x.shape[2]
    right = (columns - 1) * stride + size - padding - x.shape[3]
    margins = ((0, 0), (0, 0), (padding, below), (padding, right))
    return np.pad(x, margins, constant_values=-np.inf), rows, columns


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
        dpadded[b, c, i * stride + u, j * stride + v] += dy[b, c, i, j]
    return dpadded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
