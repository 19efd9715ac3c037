"""Both gradients as correlations: dy spread out by the stride, padded, under the flipped kernel, and x under dy."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d_backward(dy, x, kernel, stride=1, padding=0):
    high, wide = kernel.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    height, width = padded.shape[2:]

    # As if the stride had been 1 and the skipped outputs had gradient zero.
    spread = np.zeros((*dy.shape[:2], height - high + 1, width - wide + 1))
    spread[:, :, ::stride, ::stride] = dy

    seen = sliding_window_view(padded, spread.shape[2:], axis=(2, 3))
    dkernel = np.einsum("bfij,bcuvij->fcuv", spread, seen)

    around = np.pad(spread, ((0, 0), (0, 0), (high - 1,) * 2, (wide - 1,) * 2))
    windows = sliding_window_view(around, (high, wide), axis=(2, 3))
    dpadded = np.einsum("bfijuv,fcuv->bcij", windows, kernel[:, :, ::-1, ::-1])
    dx = dpadded[:, :, padding : height - padding, padding : width - padding]
    return dx, dkernel, np.einsum("bfij->f", dy)
