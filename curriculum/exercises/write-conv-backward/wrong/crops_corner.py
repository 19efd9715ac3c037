# misconception: conv-backward-cuts-padding-from-one-side
# says: You cut the padding off below and to the right only, so the gradient is moved by the padding; the image starts at (padding, padding).
# repairs: convolution#derivation
# caught by: the padding is cut off
import numpy as np


def conv2d_backward(dy, x, kernel, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dpadded = np.zeros(padded.shape)
    dkernel = np.zeros(kernel.shape)
    height, width = x.shape[2:]
    high, wide = kernel.shape[2:]
    rows, columns = dy.shape[2:]
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = np.s_[:, :, top : top + high, left : left + wide]
            dkernel += np.einsum("bf,bcuv->fcuv", dy[:, :, i, j], padded[window])
            dpadded[window] += np.einsum("bf,fcuv->bcuv", dy[:, :, i, j], kernel)
    dx = dpadded[:, :, :height, :width]
    return dx, dkernel, dy.sum(axis=(0, 2, 3))
