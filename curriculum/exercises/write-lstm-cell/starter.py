import numpy as np


def lstm_cell(x, h, c, w, b):
    """One step of an LSTM.

    x: (B, p) input
    h: (B, n) hidden state before the step
    c: (B, n) cell state before the step
    w: (4n, n + p) weights on [h; x]; blocks of n rows: forget, input, output gate, candidate
    b: (4n,) biases in the same order

    Returns (h_new, c_new), each (B, n).
    """
    raise NotImplementedError
