# misconception: sinusoids-alternate-over-positions
# says: You take the sine at even positions and the cosine at odd ones; the two alternate over the features, and every position has both.
# repairs: positional-encoding#sinusoidal-encoding
# caught by: a shift turns every pair
import numpy as np


def sinusoidal_encoding(positions, d, base=10000.0):
    frequency = base ** (-np.arange(0, d, 2) / d)
    angle = np.multiply.outer(positions, frequency)
    table = np.empty((len(positions), d))
    angle = np.repeat(angle, 2, axis=1)
    even = np.asarray(positions)[:, None] % 2 == 0
    table[:] = np.where(even, np.sin(angle), np.cos(angle))
    return table
