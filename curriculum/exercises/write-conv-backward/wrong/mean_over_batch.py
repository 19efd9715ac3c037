# misconception: conv-backward-averages-the-batch
# says: You average the parameter gradients over the batch; each example adds its part, and whether the loss is a mean is already in dy.
# repairs: convolution#derivation
# caught by: the gradients of the parameters are sums
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
    dx = dpadded[:, :, padding : padding + height, padding : padding + width]
    return dx, dkernel / len(x), dy.mean(axis=0).sum(axis=(1, 2))
