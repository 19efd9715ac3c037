# misconception: convolution-one-plane-for-all-channels
# says: You use one plane of weights for all input channels; each kernel has its own plane for each channel, and the products are summed over them.
# repairs: convolution#common-mistakes
# caught by: agrees with the formula
import numpy as np


def conv2d(x, kernel, bias, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    filters, _, high, wide = kernel.shape
    batch, _, height, width = padded.shape
    rows = (height - high) // stride + 1
    columns = (width - wide) // stride + 1
    y = np.zeros((batch, filters, rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = padded[:, :, top : top + high, left : left + wide]
            y[:, :, i, j] = np.einsum("bcuv,fuv->bf", window, kernel.mean(axis=1)) + bias
    return y
