import math

import torch


def multi_head_attention(x, w_q, w_k, w_v, w_o, n_heads, mask=None):
    batch, n, d = x.shape
    width = d // n_heads

    def split(z):
        # (B, n, d) -> (B, n, h, d/h) cuts the features; the transpose brings the heads before the positions.
        return z.view(batch, n, n_heads, width).transpose(1, 2)

    q, k, v = split(x @ w_q), split(x @ w_k), split(x @ w_v)
    scores = q @ k.transpose(-2, -1) / math.sqrt(width)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)

    # Each query sees at least one key, so the maximum is finite.
    e = torch.exp(scores - scores.amax(dim=-1, keepdim=True))
    heads = e / e.sum(dim=-1, keepdim=True) @ v
    return heads.transpose(1, 2).reshape(batch, n, d) @ w_o
