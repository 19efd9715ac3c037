# misconception: reshape-without-swap
# says: You reshape (B, n, d) straight to (B, h, n, d/h), which mixes positions with heads; reshape to (B, n, h, d/h) first, then swap the two axes.
# repairs: multi-head-attention#failure-modes
# caught by: each head reads its own columns
import math

import torch


def multi_head_attention(x, w_q, w_k, w_v, w_o, n_heads, mask=None):
    batch, n, d = x.shape
    width = d // n_heads

    def split(z):
        return z.view(batch, n_heads, n, width)

    q, k, v = split(x @ w_q), split(x @ w_k), split(x @ w_v)
    scores = q @ k.transpose(-2, -1) / math.sqrt(width)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)

    e = torch.exp(scores - scores.amax(dim=-1, keepdim=True))
    heads = e / e.sum(dim=-1, keepdim=True) @ v
    return heads.transpose(1, 2).reshape(batch, n, d) @ w_o
