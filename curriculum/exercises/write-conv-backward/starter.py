import numpy as np


def conv2d_backward(dy, x, kernel, stride=1, padding=0):
    """Gradients of the loss for y = conv2d(x, kernel, bias, stride, padding), kernel not flipped.

    dy: (B, F, H', W') gradient with respect to y
    x: (B, C, H, W) images of the forward pass, without padding
    kernel: (F, C, kh, kw)
    stride: how far the window moves, in both directions
    padding: how many zeros the forward pass adds at each of the four sides

    Returns (dx, dkernel, dbias), shapes (B, C, H, W), (F, C, kh, kw), (F,).
    """
    raise NotImplementedError
