# misconception: convolution-stride-only-in-the-size
# says: Your stride makes the output smaller but the window still moves by one; output (i, j) reads at (i·stride, j·stride).
# repairs: convolution#sliding-window-kernel
# caught by: the stride moves the window
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
            top, left = i, j
            window = padded[:, :, top : top + high, left : left + wide]
            y[:, :, i, j] = np.einsum("bcuv,fcuv->bf", window, kernel) + bias
    return y
