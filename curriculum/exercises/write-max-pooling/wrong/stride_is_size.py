# misconception: max-pooling-stride-is-size
# says: You move the window by its own size; the stride says how far it moves, and the two need not be equal.
# repairs: pooling#statement
# caught by: the stride moves the window
import numpy as np


def windows(x, size, stride, padding):
    margin = (padding, padding)
    padded = np.pad(x, ((0, 0), (0, 0), margin, margin), constant_values=-np.inf)
    rows = (padded.shape[2] - size) // size + 1
    columns = (padded.shape[3] - size) // size + 1
    return padded, rows, columns


def max_pool2d(x, size, stride, padding=0):
    padded, rows, columns = windows(x, size, stride, padding)
    y = np.empty((*x.shape[:2], rows, columns))
    for i in range(rows):
        for j in range(columns):
            window = padded[:, :, i * size : i * size + size, j * size : j * size + size]
            y[:, :, i, j] = window.max(axis=(2, 3))
    return y


def max_pool2d_backward(dy, x, size, stride, padding=0):
    padded, rows, columns = windows(x, size, stride, padding)
    dpadded = np.zeros(padded.shape)
    for b, c, i, j in np.ndindex(*dy.shape):
        place = np.s_[b, c, i * size : i * size + size, j * size : j * size + size]
        u, v = np.unravel_index(padded[place].argmax(), padded[place].shape)
        dpadded[b, c, i * size + u, j * size + v] += dy[b, c, i, j]
    return dpadded[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
