import numpy as np


def rnn_cell(x, h, w_x, w_h, b):
    # W h for a column is h @ W.T for a row.
    return np.tanh(x @ w_x.T + h @ w_h.T + b)


def rnn_forward(xs, h0, w_x, w_h, b):
    states = []
    h = h0
    # Step t waits for step t - 1, so time is a true loop; the batch is not.
    for t in range(xs.shape[1]):
        h = rnn_cell(xs[:, t], h, w_x, w_h, b)
        states.append(h)
    return np.stack(states, axis=1)
