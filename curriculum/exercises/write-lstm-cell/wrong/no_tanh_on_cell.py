# misconception: lstm-hidden-without-tanh
# says: You show the cell without tanh; the cell may grow without bound, the hidden state must stay between -1 and 1.
# repairs: lstm#statement
# caught by: the hidden state stays between -1 and 1
import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def lstm_cell(x, h, c, w, b):
    a_f, a_i, a_o, a_g = np.split(np.concatenate([h, x], axis=1) @ w.T + b, 4, axis=1)
    c_new = sigmoid(a_f) * c + sigmoid(a_i) * np.tanh(a_g)
    h_new = sigmoid(a_o) * c_new
    return h_new, c_new
