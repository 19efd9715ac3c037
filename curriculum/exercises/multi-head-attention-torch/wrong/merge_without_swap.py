# misconception: merge-without-swap
# says: You join the heads without swapping heads and positions back, so the features of one position come from several positions.
# repairs: multi-head-attention#failure-modes
# caught by: positions stay apart
import math

import torch


def multi_head_attention(x, w_q, w_k, w_v, w_o, n_heads, mask=None):
    batch, n, d = x.shape
    width = d // n_heads

    def split(z):
        return z.view(batch, n, n_heads, width).transpose(1, 2)

    q, k, v = split(x @ w_q), split(x @ w_k), split(x @ w_v)
    scores = q @ k.transpose(-2, -1) / math.sqrt(width)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)

    e = torch.exp(scores - scores.amax(dim=-1, keepdim=True))
    heads = e / e.sum(dim=-1, keepdim=True) @ v
    return heads.reshape(batch, n, d) @ w_o
