# misconception: convolution-rounds-size-up
# says: You round the output size up, so the last windows hang over the edge; only full windows count, and the size is rounded down.
# repairs: convolution#conv-output-size
# caught by: only full windows count
import numpy as np


def conv2d(x, kernel, bias, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    filters, _, high, wide = kernel.shape
    batch, _, height, width = padded.shape
    rows = -(-(height - high) // stride) + 1
    columns = -(-(width - wide) // stride) + 1
    y = np.zeros((batch, filters, rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = padded[:, :, top : top + high, left : left + wide]
            y[:, :, i, j] = (
                np.einsum("bcuv,fcuv->bf", window, kernel[:, :, : window.shape[2], : window.shape[3]]) + bias
            )
    return y
