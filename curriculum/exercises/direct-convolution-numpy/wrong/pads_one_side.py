# misconception: convolution-pads-one-side
# says: You add all the zeros below and to the right; padding goes to each of the four sides, or the image moves.
# repairs: convolution#conv-output-size
# caught by: zeros are added at all four sides
import numpy as np


def conv2d(x, kernel, bias, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding)))
    filters, _, high, wide = kernel.shape
    batch, _, height, width = padded.shape
    rows = (height - high) // stride + 1
    columns = (width - wide) // stride + 1
    y = np.zeros((batch, filters, rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = padded[:, :, top : top + high, left : left + wide]
            y[:, :, i, j] = np.einsum("bcuv,fcuv->bf", window, kernel) + bias
    return y
