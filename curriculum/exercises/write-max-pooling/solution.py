import numpy as np


def places(shape, size, stride):
    """For each place of the window, the slice of the padded maps that lies under it in all windows."""
    rows = (shape[2] - size) // stride + 1
    columns = (shape[3] - size) // stride + 1
    return [
        np.s_[:, :, u : u + stride * rows : stride, v : v + stride * columns : stride]
        for u in range(size)
        for v in range(size)
    ]


def pad(x, padding):
    # Minus infinity never wins; a zero would beat every negative response at the border.
    margin = (padding, padding)
    return np.pad(x, ((0, 0), (0, 0), margin, margin), constant_values=-np.inf)


def max_pool2d(x, size, stride, padding=0):
    padded = pad(x, padding)
    return np.max([padded[place] for place in places(padded.shape, size, stride)], axis=0)


def max_pool2d_backward(dy, x, size, stride, padding=0):
    padded = pad(x, padding)
    under = places(padded.shape, size, stride)

    # argmax names one winner for each window, also on a tie: the gradient is passed on, not multiplied.
    winner = np.argmax([padded[place] for place in under], axis=0)

    # Windows may overlap, so a pixel may win more than once: add.
    dpadded = np.zeros(padded.shape)
    for number, place in enumerate(under):
        dpadded[place] += dy * (winner == number)

    height, width = x.shape[2:]
    return dpadded[:, :, padding : padding + height, padding : padding + width]
