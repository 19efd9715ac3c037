"""The formula, one entry at a time."""

import math

import numpy as np


def sinusoidal_encoding(positions, d, base=10000.0):
    rows = []
    for t in positions:
        row = []
        for j in range(d):
            angle = int(t) / base ** ((j - j % 2) / d)
            row.append(math.cos(angle) if j % 2 else math.sin(angle))
        rows.append(row)
    return np.array(rows)
