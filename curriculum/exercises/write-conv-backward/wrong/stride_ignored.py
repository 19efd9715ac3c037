# misconception: conv-backward-ignores-stride
# says: You let the windows move by one; output (i, j) came from the window at (i·stride, j·stride), and there its gradient goes.
# repairs: convolution#derivation
# caught by: the stride moves the windows
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
            top, left = i, j
            window = np.s_[:, :, top : top + high, left : left + wide]
            dkernel += np.einsum("bf,bcuv->fcuv", dy[:, :, i, j], padded[window])
            dpadded[window] += np.einsum("bf,fcuv->bcuv", dy[:, :, i, j], kernel)
    dx = dpadded[:, :, padding : padding + height, padding : padding + width]
    return dx, dkernel, dy.sum(axis=(0, 2, 3))
