import numpy as np


def conv2d(x, kernel, bias, stride=1, padding=0):
    # Zeros around the images only: the axes of batch and channels get none.
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    filters, _, high, wide = kernel.shape
    batch, _, height, width = padded.shape
    rows = (height - high) // stride + 1
    columns = (width - wide) // stride + 1

    # One pass for each place of the kernel, not for each place of the image: the window of every output has
    # its own number under (u, v), and together these are a strided slice of the image.
    y = np.zeros((batch, filters, rows, columns))
    for u in range(high):
        for v in range(wide):
            under = padded[:, :, u : u + stride * rows : stride, v : v + stride * columns : stride]
            y += np.einsum("fc,bcij->bfij", kernel[:, :, u, v], under)

    return y + bias[:, np.newaxis, np.newaxis]
