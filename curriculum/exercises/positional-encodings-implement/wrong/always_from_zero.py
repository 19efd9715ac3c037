# misconception: positions-restart-at-zero
# says: You count positions from 0 and ignore those given; a token after a cached prefix would be encoded as if it were the first.
# repairs: positional-encoding#failure-modes
# caught by: a row depends on its position only
import numpy as np


def sinusoidal_encoding(positions, d, base=10000.0):
    frequency = base ** (-np.arange(0, d, 2) / d)
    angle = np.multiply.outer(np.arange(len(positions)), frequency)
    table = np.empty((len(positions), d))
    table[:, 0::2] = np.sin(angle)
    table[:, 1::2] = np.cos(angle)
    return table
