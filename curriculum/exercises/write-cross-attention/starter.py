import numpy as np


def cross_attention(y, x, w_q, w_k, w_v, source_mask=None):
    """Attention from one sequence to another.

    y: (B, n, d_y) the sequence that asks
    x: (B, m, d_x) the source that answers
    w_q: (d_y, d_k), w_k: (d_x, d_k), w_v: (d_x, d_v), applied from the right
    source_mask: boolean (B, m), True for real source tokens, False for padding; None: all are real

    Returns (B, n, d_v).
    """
    raise NotImplementedError
