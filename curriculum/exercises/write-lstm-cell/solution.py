import numpy as np


def sigmoid(z):
    # The same function as 1 / (1 + exp(-z)); tanh saturates where exp would overflow.
    return 0.5 * (1 + np.tanh(0.5 * z))


def lstm_cell(x, h, c, w, b):
    # One product serves all gates: (B, n + p) @ (n + p, 4n).
    a_f, a_i, a_o, a_g = np.split(np.concatenate([h, x], axis=1) @ w.T + b, 4, axis=1)
    # The old cell is only scaled, never multiplied by a matrix: with f near 1 it survives many steps.
    c_new = sigmoid(a_f) * c + sigmoid(a_i) * np.tanh(a_g)
    h_new = sigmoid(a_o) * np.tanh(c_new)
    return h_new, c_new
