import math

import numpy as np


class CachedAttention:
    def __init__(self, w_q, w_k, w_v, w_o, n_heads):
        self.w_q, self.w_k, self.w_v, self.w_o = w_q, w_k, w_v, w_o
        self.n_heads, self.width = n_heads, len(w_q) // n_heads
        # (h, positions so far, d/h); the first step then appends like every other.
        self.keys = self.values = np.empty((n_heads, 0, self.width))

    def _split(self, z):
        # (t, d) -> (h, t, d/h)
        return z.reshape(len(z), self.n_heads, self.width).transpose(1, 0, 2)

    def step(self, x):
        q, k, v = self._split(x @ self.w_q), self._split(x @ self.w_k), self._split(x @ self.w_v)
        # Append before attending: a token sees itself.
        self.keys = np.concatenate([self.keys, k], axis=1)
        self.values = np.concatenate([self.values, v], axis=1)

        scores = q @ self.keys.transpose(0, 2, 1) / math.sqrt(self.width)
        # The new tokens are the last positions. One token alone sees everything; a prompt needs the mask.
        position = np.arange(self.keys.shape[1])
        own = position[-len(x) :, None]
        scores = np.where(position <= own, scores, -np.inf)

        e = np.exp(scores - scores.max(axis=-1, keepdims=True))
        heads = e / e.sum(axis=-1, keepdims=True) @ self.values
        return heads.transpose(1, 0, 2).reshape(x.shape) @ self.w_o
