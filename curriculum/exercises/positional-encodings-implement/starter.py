import numpy as np


def sinusoidal_encoding(positions, d, base=10000.0):
    """Sines and cosines of the positions (angles in radians).

    positions: (n,) integers from 0 to 10**6
    d: width of an encoding, even
    base: b in the frequencies b ** (-2 i / d), i = 0, ..., d/2 - 1

    Returns (n, d): sine and cosine of each frequency in neighbouring columns.
    """
    raise NotImplementedError
