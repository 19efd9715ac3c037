import numpy as np


def conv2d(x, kernel, bias, stride=1, padding=0):
    """Two-dimensional convolution (cross-correlation: the kernel is not flipped).

    x: (B, C, H, W) images
    kernel: (F, C, kh, kw) one kernel for each output channel, spanning all input channels
    bias: (F,) one number for each output channel
    stride: how far the window moves, in both directions
    padding: how many zeros are added at each of the four sides

    Returns (B, F, H', W') with H' = (H + 2 padding - kh) // stride + 1, likewise W'.
    """
    raise NotImplementedError
