# misconception: cached-token-does-not-see-itself
# says: You attend before you append, so a token after the prompt sees only the cache and not itself; append first.
# repairs: kv-cache#statement
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
        first = self.keys.shape[1] == 0
        old_keys, old_values = self.keys, self.values
        self.keys = np.concatenate([self.keys, k], axis=1)
        self.values = np.concatenate([self.values, v], axis=1)
        keys, values = (self.keys, self.values) if first else (old_keys, old_values)

        scores = q @ keys.swapaxes(1, 2) / math.sqrt(q.shape[-1])
        if first:
            scores = np.where(np.tri(len(x), dtype=bool), scores, -np.inf)

        e = np.exp(scores - scores.max(axis=-1, keepdims=True))
        heads = e / e.sum(axis=-1, keepdims=True) @ values
        return heads.swapaxes(0, 1).reshape(x.shape) @ self.w_o
