# misconception: position-exponent-without-two
# says: Your frequencies are base^(-i/d) for pair i; the exponent is -2i/d, and without the two the slowest pair turns far too fast.
# repairs: positional-encoding#sinusoidal-encoding
# caught by: agrees with the formula
import numpy as np


def sinusoidal_encoding(positions, d, base=10000.0):
    frequency = base ** (-np.arange(d // 2) / d)
    angle = np.multiply.outer(positions, frequency)
    table = np.empty((len(positions), d))
    table[:, 0::2] = np.sin(angle)
    table[:, 1::2] = np.cos(angle)
    return table
