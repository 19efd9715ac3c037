# misconception: lstm-input-gate-coupled
# says: You write with 1 - f in place of the input gate, as a GRU does; in an LSTM keeping and writing are decided separately.
# repairs: lstm#statement
# caught by: agrees with the formula
import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def lstm_cell(x, h, c, w, b):
    a_f, a_i, a_o, a_g = np.split(np.concatenate([h, x], axis=1) @ w.T + b, 4, axis=1)
    c_new = sigmoid(a_f) * c + (1 - sigmoid(a_f)) * np.tanh(a_g)
    h_new = sigmoid(a_o) * np.tanh(c_new)
    return h_new, c_new
