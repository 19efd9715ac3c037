"""The rule of one output number, applied to each: it passes its gradient to its window and to its kernel."""

import numpy as np


def conv2d_backward(dy, x, kernel, stride=1, padding=0):
    batch, channels, height, width = x.shape
    high, wide = kernel.shape[2:]
    room = np.zeros((batch, channels, height + 2 * padding, width + 2 * padding))
    inner = np.s_[:, :, padding : padding + height, padding : padding + width]
    room[inner] = x
    droom, dkernel, dbias = np.zeros_like(room), np.zeros(kernel.shape), np.zeros(kernel.shape[0])
    for b, f, i, j in np.ndindex(*dy.shape):
        window = np.s_[b, :, i * stride : i * stride + high, j * stride : j * stride + wide]
        droom[window] += dy[b, f, i, j] * kernel[f]
        dkernel[f] += dy[b, f, i, j] * room[window]
        dbias[f] += dy[b, f, i, j]
    return droom[inner].copy(), dkernel, dbias
