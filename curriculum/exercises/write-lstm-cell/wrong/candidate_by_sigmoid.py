# misconception: lstm-candidate-sigmoid
# says: Your candidate goes through a sigmoid, so nothing negative can ever be written; the candidate is content and uses tanh.
# repairs: lstm#common-mistakes
# caught by: something negative can be written
import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def lstm_cell(x, h, c, w, b):
    a_f, a_i, a_o, a_g = np.split(np.concatenate([h, x], axis=1) @ w.T + b, 4, axis=1)
    c_new = sigmoid(a_f) * c + sigmoid(a_i) * sigmoid(a_g)
    h_new = sigmoid(a_o) * np.tanh(c_new)
    return h_new, c_new
