# misconception: lstm-hidden-from-old-cell
# says: You compute the hidden state from the old cell; it must show the new one, or the input appears one step late.
# repairs: lstm#statement
# caught by: the hidden state shows the new cell
import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def lstm_cell(x, h, c, w, b):
    a_f, a_i, a_o, a_g = np.split(np.concatenate([h, x], axis=1) @ w.T + b, 4, axis=1)
    c_new = sigmoid(a_f) * c + sigmoid(a_i) * np.tanh(a_g)
    h_new = sigmoid(a_o) * np.tanh(c)
    return h_new, c_new
