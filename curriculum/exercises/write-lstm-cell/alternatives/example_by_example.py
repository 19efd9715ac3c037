"""Columns as in the formula, one example at a time, with a clipped exponential."""

import numpy as np


def lstm_cell(x, h, c, w, b):
    n = c.shape[1]
    hidden, cell = np.zeros(h.shape), np.zeros(c.shape)
    for row in range(len(x)):
        a = w.dot(np.hstack([h[row], x[row]])) + b
        gates = 1 / (1 + np.exp(-np.clip(a[: 3 * n], -60, 60)))
        for j in range(n):
            cell[row, j] = gates[j] * c[row, j] + gates[n + j] * np.tanh(a[3 * n + j])
            hidden[row, j] = gates[2 * n + j] * np.tanh(cell[row, j])
    return hidden, cell
