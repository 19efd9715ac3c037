import numpy as np


def transformer_block(x, p, n_heads):
    """One pre-norm transformer block with causal attention.

    x: (B, n, d)
    p: dictionary of arrays
        gain_1, bias_1, gain_2, bias_2: (d,)   the two layer norms
        w_q, w_k, w_v, w_o: (d, d)             attention, applied from the right
        w_up: (d, f), b_up: (f,)               feed-forward network, first layer
        w_down: (f, d), b_down: (d,)           feed-forward network, second layer
    n_heads: number of heads h; divides d

    Returns (B, n, d).
    """
    raise NotImplementedError
