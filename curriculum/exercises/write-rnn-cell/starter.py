import numpy as np


def rnn_cell(x, h, w_x, w_h, b):
    """One step of a recurrent network.

    x: (B, p) input, one example per row
    h: (B, n) state before the step
    w_x: (n, p), w_h: (n, n), b: (n,)

    Returns (B, n), the state after the step.
    """
    raise NotImplementedError


def rnn_forward(xs, h0, w_x, w_h, b):
    """Run the cell over a sequence.

    xs: (B, T, p) inputs
    h0: (B, n) state before the first step

    Returns (B, T, n), the state after each step.
    """
    raise NotImplementedError
