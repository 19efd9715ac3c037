import torch


def multi_head_attention(x, w_q, w_k, w_v, w_o, n_heads, mask=None):
    """Self-attention with several heads, no biases.

    x: (B, n, d) batch, positions, features
    w_q, w_k, w_v, w_o: (d, d), applied from the right: q = x @ w_q
    n_heads: number of heads h; divides d; head i owns the columns i*d/h to (i+1)*d/h - 1
    mask: boolean (n, n), True where the query (row) may look at the key (column); None hides nothing

    Returns (B, n, d).
    """
    raise NotImplementedError
