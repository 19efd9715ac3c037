# misconception: sinusoids-own-frequency-per-column
# says: Each of your columns has its own frequency; sine and cosine of a pair must share one, or a shift is no longer a rotation.
# repairs: positional-encoding#derivation
# caught by: a shift turns every pair
import numpy as np


def sinusoidal_encoding(positions, d, base=10000.0):
    frequency = base ** (-np.arange(d) / d)
    angle = np.multiply.outer(positions, frequency)
    table = np.empty((len(positions), d))
    table[:, 0::2] = np.sin(angle[:, 0::2])
    table[:, 1::2] = np.cos(angle[:, 1::2])
    return table
