# misconception: rnn-state-updated-in-place
# says: You update one array in place and store it T times, so all entries show the last state; store a new array in each step.
# repairs: python-fundamentals#failure-modes
# caught by: the run is the cell repeated
import numpy as np


def rnn_cell(x, h, w_x, w_h, b):
    return np.tanh(x @ w_x.T + h @ w_h.T + b)


def rnn_forward(xs, h0, w_x, w_h, b):
    states = []
    h = h0.copy()
    for t in range(xs.shape[1]):
        h[...] = rnn_cell(xs[:, t], h, w_x, w_h, b)
        states.append(h)
    return np.stack(states, axis=1)
