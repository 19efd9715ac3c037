# misconception: sinusoids-in-halves
# says: You put all sines before all cosines; in the formula they alternate, and the two columns of a pair are neighbours.
# repairs: positional-encoding#sinusoidal-encoding
# caught by: sines and cosines alternate
import numpy as np


def sinusoidal_encoding(positions, d, base=10000.0):
    frequency = base ** (-np.arange(0, d, 2) / d)
    angle = np.multiply.outer(positions, frequency)
    table = np.empty((len(positions), d))
    table[:, : d // 2] = np.sin(angle)
    table[:, d // 2 :] = np.cos(angle)
    return table
