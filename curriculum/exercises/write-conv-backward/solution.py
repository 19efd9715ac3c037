import numpy as np


def conv2d_backward(dy, x, kernel, stride=1, padding=0):
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dpadded = np.zeros(padded.shape)
    dkernel = np.empty(kernel.shape)
    rows, columns = dy.shape[2:]

    for u, v in np.ndindex(*kernel.shape[2:]):
        # What lay under place (u, v) of the kernel, for every output at once.
        seen = (
            slice(None),
            slice(None),
            slice(u, u + stride * rows, stride),
            slice(v, v + stride * columns, stride),
        )

        # The weight met each of these pixels once: its gradient is the sum over batch and positions.
        dkernel[:, :, u, v] = np.einsum("bfij,bcij->fc", dy, padded[seen])

        # Windows overlap, and a pixel gathers from all that cover it, so this adds to what is there.
        dpadded[seen] += np.einsum("bfij,fc->bcij", dy, kernel[:, :, u, v])

    # The zeros around the image were nobody's pixels.
    height, width = x.shape[2:]
    dx = dpadded[:, :, padding : padding + height, padding : padding + width]
    return dx, dkernel, dy.sum(axis=(0, 2, 3))
