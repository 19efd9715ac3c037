# misconception: weights-act-from-the-left
# says: You multiply by the transposed matrices; here they act from the right, as x @ w, and since they are square the shapes do not warn you.
# repairs: multi-head-attention#statement
# caught by: agrees with the formula
import math

import torch


def multi_head_attention(x, w_q, w_k, w_v, w_o, n_heads, mask=None):
    batch, n, d = x.shape
    width = d // n_heads

    def split(z):
        return z.view(batch, n, n_heads, width).transpose(1, 2)

    q, k, v = split(x @ w_q.T), split(x @ w_k.T), split(x @ w_v.T)
    scores = q @ k.transpose(-2, -1) / math.sqrt(width)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)

    e = torch.exp(scores - scores.amax(dim=-1, keepdim=True))
    heads = e / e.sum(dim=-1, keepdim=True) @ v
    return heads.transpose(1, 2).reshape(batch, n, d) @ w_o
