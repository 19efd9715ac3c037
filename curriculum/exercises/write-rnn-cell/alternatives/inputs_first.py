"""Projects all inputs in one product, since they do not wait for the state; only W_h is inside the loop."""

import numpy as np


def rnn_cell(x, h, w_x, w_h, b):
    return np.tanh(np.concatenate([x, h], axis=1) @ np.concatenate([w_x, w_h], axis=1).T + b)


def rnn_forward(xs, h0, w_x, w_h, b):
    drive = np.einsum("btp,np->btn", xs, w_x) + b
    states = np.empty(drive.shape)
    before = h0
    for t in range(drive.shape[1]):
        states[:, t] = np.tanh(drive[:, t] + np.einsum("bm,nm->bn", before, w_h))
        before = states[:, t]
    return states
