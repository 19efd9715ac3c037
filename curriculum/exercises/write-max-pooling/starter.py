import numpy as np


def max_pool2d(x, size, stride, padding=0):
    """The largest value in each window, channel by channel.

    x: (B, C, H, W) maps
    size: side of the square window
    stride: how far the window moves, in both directions
    padding: how many rows and columns that never win are added at each of the four sides

    Returns (B, C, H', W') with H' = (H + 2 padding - size) // stride + 1, likewise W'.
    """
    raise NotImplementedError


def max_pool2d_backward(dy, x, size, stride, padding=0):
    """Gradient of the loss with respect to x.

    dy: (B, C, H', W') gradient with respect to the result of max_pool2d
    x, size, stride, padding: as in the forward pass

    Returns (B, C, H, W): each window's gradient at one place that holds its maximum, 0 elsewhere.
    """
    raise NotImplementedError
