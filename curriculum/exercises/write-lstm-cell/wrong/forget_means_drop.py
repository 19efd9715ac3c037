# misconception: lstm-forget-gate-inverted
# says: You keep 1 - f of the cell; the gate is named after forgetting, but f near 1 means keep.
# repairs: lstm#statement
# caught by: a forget gate near one keeps the cell
import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def lstm_cell(x, h, c, w, b):
    a_f, a_i, a_o, a_g = np.split(np.concatenate([h, x], axis=1) @ w.T + b, 4, axis=1)
    c_new = (1 - sigmoid(a_f)) * c + sigmoid(a_i) * np.tanh(a_g)
    h_new = sigmoid(a_o) * np.tanh(c_new)
    return h_new, c_new
