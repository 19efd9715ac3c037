# misconception: bias-outside-activation
# says: You add the bias after tanh; it belongs inside, and outside it pushes the state beyond the range from -1 to 1.
# repairs: recurrent-neural-networks#statement
# caught by: the state stays between -1 and 1
import numpy as np


def rnn_cell(x, h, w_x, w_h, b):
    return np.tanh(x @ w_x.T + h @ w_h.T) + b


def rnn_forward(xs, h0, w_x, w_h, b):
    states = []
    h = h0
    for t in range(xs.shape[1]):
        h = rnn_cell(xs[:, t], h, w_x, w_h, b)
        states.append(h)
    return np.stack(states, axis=1)
