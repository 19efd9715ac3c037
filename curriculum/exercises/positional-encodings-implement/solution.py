import numpy as np


def sinusoidal_encoding(positions, d, base=10000.0):
    # Column 2i and column 2i+1 share a frequency, so there are d/2 of them.
    frequency = base ** (-np.arange(0, d, 2) / d)
    angle = np.multiply.outer(positions, frequency)
    table = np.empty((len(positions), d))
    table[:, 0::2] = np.sin(angle)
    table[:, 1::2] = np.cos(angle)
    return table
