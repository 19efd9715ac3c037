# misconception: heads-interleaved
# says: You deal the columns out to the heads in turn; head i owns a block of d/h neighbouring columns, so reshape to (B, n, h, d/h), not (B, n, d/h, h).
# repairs: multi-head-attention#statement
# caught by: each head reads its own columns
import math

import torch


def multi_head_attention(x, w_q, w_k, w_v, w_o, n_heads, mask=None):
    batch, n, d = x.shape
    width = d // n_heads

    def split(z):
        return z.view(batch, n, width, n_heads).permute(0, 3, 1, 2)

    q, k, v = split(x @ w_q), split(x @ w_k), split(x @ w_v)
    scores = q @ k.transpose(-2, -1) / math.sqrt(width)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)

    e = torch.exp(scores - scores.amax(dim=-1, keepdim=True))
    heads = e / e.sum(dim=-1, keepdim=True) @ v
    return heads.transpose(1, 2).reshape(batch, n, d) @ w_o
