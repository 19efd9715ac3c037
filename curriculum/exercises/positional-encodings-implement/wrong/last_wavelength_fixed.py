# misconception: sinusoids-endpoint-included
# says: You spread the exponents over d/2 - 1 steps, so the slowest wavelength is exactly 2π times the base; by the formula it stays below, with steps of 2/d.
# repairs: positional-encoding#sinusoidal-encoding
# caught by: agrees with the formula
import numpy as np


def sinusoidal_encoding(positions, d, base=10000.0):
    frequency = base ** -np.linspace(0, 1, d // 2)
    angle = np.multiply.outer(positions, frequency)
    table = np.empty((len(positions), d))
    table[:, 0::2] = np.sin(angle)
    table[:, 1::2] = np.cos(angle)
    return table
