# misconception: norms-shared-in-block
# says: You use the gain and bias of the first norm twice; each sub-layer has a norm of its own.
# repairs: transformer-residual-layernorm#statement
# caught by: agrees with the formula
import math

import numpy as np


def layer_norm(x, gain, bias):
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = (centred**2).mean(axis=-1, keepdims=True)
    return gain * centred / np.sqrt(variance + 1e-5) + bias


def causal_attention(x, p, n_heads):
    batch, n, d = x.shape

    def split(z):
        return z.reshape(batch, n, n_heads, -1).swapaxes(1, 2)

    q, k, v = split(x @ p["w_q"]), split(x @ p["w_k"]), split(x @ p["w_v"])
    scores = q @ k.swapaxes(2, 3) / math.sqrt(d / n_heads)
    scores = np.where(np.tri(n, dtype=bool), scores, -np.inf)
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    heads = e / e.sum(axis=-1, keepdims=True) @ v
    return heads.swapaxes(1, 2).reshape(x.shape) @ p["w_o"]


def feed_forward(x, p):
    z = x @ p["w_up"] + p["b_up"]
    gelu = z / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))
    return gelu @ p["w_down"] + p["b_down"]


def transformer_block(x, p, n_heads):
    y = x + causal_attention(layer_norm(x, p["gain_1"], p["bias_1"]), p, n_heads)
    return y + feed_forward(layer_norm(y, p["gain_1"], p["bias_1"]), p)
