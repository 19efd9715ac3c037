# misconception: attention-scale-by-model-width
# says: You divide by the square root of the model width; the scores of a head are sums of d/h products, so the scale is the square root of the width of one head.
# repairs: scaled-dot-product-attention#common-mistakes
# caught by: the scale is the root of the head width
import math

import torch


def multi_head_attention(x, w_q, w_k, w_v, w_o, n_heads, mask=None):
    batch, n, d = x.shape
    width = d // n_heads

    def split(z):
        return z.view(batch, n, n_heads, width).transpose(1, 2)

    q, k, v = split(x @ w_q), split(x @ w_k), split(x @ w_v)
    scores = q @ k.transpose(-2, -1) / math.sqrt(d)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)

    e = torch.exp(scores - scores.amax(dim=-1, keepdim=True))
    heads = e / e.sum(dim=-1, keepdim=True) @ v
    return heads.transpose(1, 2).reshape(batch, n, d) @ w_o
