# misconception: positions-from-one
# says: You count positions from 1; position 0 must give sines 0 and cosines 1.
# repairs: positional-encoding#sinusoidal-encoding
# caught by: position zero gives zeros and ones
import numpy as np


def sinusoidal_encoding(positions, d, base=10000.0):
    frequency = base ** (-np.arange(0, d, 2) / d)
    angle = np.multiply.outer(positions + 1, frequency)
    table = np.empty((len(positions), d))
    table[:, 0::2] = np.sin(angle)
    table[:, 1::2] = np.cos(angle)
    return table
