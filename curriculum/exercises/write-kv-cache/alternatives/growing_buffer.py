"""A buffer that doubles when it is full, filled one token at a time: no mask is ever needed."""

import numpy as np


class CachedAttention:
    def __init__(self, w_q, w_k, w_v, w_o, n_heads):
        self.w_in = np.concatenate([w_q, w_k, w_v], axis=1)
        self.w_out = w_o
        self.h = n_heads
        self.width = w_q.shape[0] // n_heads
        self.used = 0
        self.buffer = np.zeros((2, 4, self.h, self.width))

    def step(self, x):
        return np.stack([self._one(token) for token in x])

    def _one(self, token):
        q, k, v = (token @ self.w_in).reshape(3, self.h, self.width)
        if self.used == self.buffer.shape[1]:
            self.buffer = np.concatenate([self.buffer, np.zeros_like(self.buffer)], axis=1)
        self.buffer[0, self.used] = k
        self.buffer[1, self.used] = v
        self.used += 1
        keys, values = self.buffer[:, : self.used]
        scores = np.einsum("he,the->ht", q, keys) / np.sqrt(self.width)
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.einsum("ht,the->he", e / e.sum(axis=1, keepdims=True), values).reshape(-1) @ self.w_out
