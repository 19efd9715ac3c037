# misconception: rnn-state-not-carried
# says: Every step starts from h0 again, so nothing is remembered; the new state is the input of the next step.
# repairs: recurrent-neural-networks#statement
# caught by: the run is the cell repeated
import numpy as np


def rnn_cell(x, h, w_x, w_h, b):
    return np.tanh(x @ w_x.T + h @ w_h.T + b)


def rnn_forward(xs, h0, w_x, w_h, b):
    states = []
    h = h0
    for t in range(xs.shape[1]):
        states.append(rnn_cell(xs[:, t], h0, w_x, w_h, b))
    return np.stack(states, axis=1)
