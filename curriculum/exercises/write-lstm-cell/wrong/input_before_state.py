# misconception: lstm-input-before-state
# says: You join x before h; the columns of w read [h; x], so every weight meets the wrong number.
# repairs: lstm#statement
# caught by: agrees with the formula
import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def lstm_cell(x, h, c, w, b):
    a_f, a_i, a_o, a_g = np.split(np.concatenate([x, h], axis=1) @ w.T + b, 4, axis=1)
    c_new = sigmoid(a_f) * c + sigmoid(a_i) * np.tanh(a_g)
    h_new = sigmoid(a_o) * np.tanh(c_new)
    return h_new, c_new
