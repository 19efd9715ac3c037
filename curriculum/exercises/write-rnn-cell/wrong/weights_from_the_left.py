# misconception: recurrent-matrix-transposed
# says: You multiply h by w_h without the transpose; the matrix is square, so the shapes do not warn you, and each weight connects the wrong way round.
# repairs: recurrent-neural-networks#statement
# caught by: the cell agrees with the formula
import numpy as np


def rnn_cell(x, h, w_x, w_h, b):
    return np.tanh(x @ w_x.T + h @ w_h + b)


def rnn_forward(xs, h0, w_x, w_h, b):
    states = []
    h = h0
    for t in range(xs.shape[1]):
        h = rnn_cell(xs[:, t], h, w_x, w_h, b)
        states.append(h)
    return np.stack(states, axis=1)
