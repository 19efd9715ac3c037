# misconception: convolution-bias-for-each-channel
# says: You add the bias once for each input channel; an output channel has one bias, added once.
# repairs: convolution#sliding-window-kernel
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
            for channel in range(x.shape[1]):
                y[:, :, i, j] += np.einsum("buv,fuv->bf", window[:, channel], kernel[:, channel]) + bias
    return y
