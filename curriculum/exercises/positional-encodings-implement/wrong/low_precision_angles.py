# misconception: angles-in-low-precision
# says: You compute angles in float32; at large positions they have lost their digits, and sine and cosine are off.
# repairs: floating-point-precision#failure-modes
# caught by: large positions keep their digits
import numpy as np


def sinusoidal_encoding(positions, d, base=10000.0):
    frequency = base ** (-np.arange(0, d, 2) / d)
    angle = np.multiply.outer(np.asarray(positions, dtype=np.float32), frequency.astype(np.float32))
    table = np.empty((len(positions), d))
    table[:, 0::2] = np.sin(angle)
    table[:, 1::2] = np.cos(angle)
    return table
