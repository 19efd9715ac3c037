# misconception: sigmoid-overflow
# says: You compute the sigmoid as exp(z) / (1 + exp(z)); for z beyond 709 both are infinite and the gate is NaN.
# repairs: numerically-stable-softmax#why
# caught by: saturated gates do not break it
import numpy as np


def sigmoid(z):
    return np.exp(z) / (1 + np.exp(z))


def lstm_cell(x, h, c, w, b):
    a_f, a_i, a_o, a_g = np.split(np.concatenate([h, x], axis=1) @ w.T + b, 4, axis=1)
    c_new = sigmoid(a_f) * c + sigmoid(a_i) * np.tanh(a_g)
    h_new = sigmoid(a_o) * np.tanh(c_new)
    return h_new, c_new
