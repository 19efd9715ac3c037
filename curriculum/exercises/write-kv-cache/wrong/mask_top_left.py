# misconception: causal-mask-top-left
# says: You give the first new token position 0, so after a cached prefix it sees the first key only; the new tokens are the last positions.
# repairs: kv-cache#failure-modes
# caught by: steps add up to one pass
import math

import numpy as np


class CachedAttention:
    def __init__(self, w_q, w_k, w_v, w_o, n_heads):
        self.w_q, self.w_k, self.w_v, self.w_o = w_q, w_k, w_v, w_o
        self.n_heads = n_heads
        self.keys = self.values = np.empty((n_heads, 0, len(w_q) // n_heads))

    def _split(self, z):
        return z.reshape(len(z), self.n_heads, -1).swapaxes(0, 1)

    def step(self, x):
        q, k, v = self._split(x @ self.w_q), self._split(x @ self.w_k), self._split(x @ self.w_v)
        self.keys = np.concatenate([self.keys, k], axis=1)
        self.values = np.concatenate([self.values, v], axis=1)

        scores = q @ self.keys.swapaxes(1, 2) / math.sqrt(q.shape[-1])
        position = np.arange(self.keys.shape[1])
        own = position[: len(x), None]
        scores = np.where(position <= own, scores, -np.inf)

        e = np.exp(scores - scores.max(axis=-1, keepdims=True))
        heads = e / e.sum(axis=-1, keepdims=True) @ self.values
        return heads.swapaxes(0, 1).reshape(x.shape) @ self.w_o
