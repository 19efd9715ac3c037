# misconception: rnn-time-axis-confused
# says: You run over the first axis as if it were time; here it is the batch, so one example leaks into the next. Time is the second axis.
# repairs: recurrent-neural-networks#common-mistakes
# caught by: examples do not influence each other
import numpy as np


def rnn_cell(x, h, w_x, w_h, b):
    return np.tanh(x @ w_x.T + h @ w_h.T + b)


def rnn_forward(xs, h0, w_x, w_h, b):
    states = []
    h = h0[:1]
    for t in range(xs.shape[0]):
        h = rnn_cell(xs[t], h, w_x, w_h, b)
        states.append(h)
    return np.stack(states, axis=0)
