# misconception: convolution-flips-the-kernel
# says: You turn the kernel round; that is the mathematician's convolution, while a layer computes cross-correlation and leaves the kernel as it is.
# repairs: convolution#sliding-window-kernel
# caught by: the kernel is not flipped
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
            y[:, :, i, j] = np.einsum("bcuv,fcuv->bf", window, kernel[:, :, ::-1, ::-1]) + bias
    return y
