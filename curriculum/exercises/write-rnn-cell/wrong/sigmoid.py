# misconception: rnn-sigmoid-in-place-of-tanh
# says: You squash with a sigmoid; its values lie between 0 and 1, while the state of this cell lies between -1 and 1 and is 0 at 0.
# repairs: recurrent-neural-networks#statement
# caught by: zeros stay zeros
import numpy as np


def rnn_cell(x, h, w_x, w_h, b):
    return 1 / (1 + np.exp(-(x @ w_x.T + h @ w_h.T + b)))


def rnn_forward(xs, h0, w_x, w_h, b):
    states = []
    h = h0
    for t in range(xs.shape[1]):
        h = rnn_cell(xs[:, t], h, w_x, w_h, b)
        states.append(h)
    return np.stack(states, axis=1)
