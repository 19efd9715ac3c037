# misconception: cache-shared-between-objects
# says: Your cache belongs to the class, so all objects write into the same one; create it in __init__.
# repairs: python-classes-oop#failure-modes
# caught by: objects are independent
import math

import numpy as np


class CachedAttention:
    keys = []
    values = []

    def __init__(self, w_q, w_k, w_v, w_o, n_heads):
        self.w_q, self.w_k, self.w_v, self.w_o = w_q, w_k, w_v, w_o
        self.n_heads = n_heads

    def _split(self, z):
        return z.reshape(len(z), self.n_heads, -1).swapaxes(0, 1)

    def step(self, x):
        q, k, v = self._split(x @ self.w_q), self._split(x @ self.w_k), self._split(x @ self.w_v)
        self.keys.append(k)
        self.values.append(v)
        keys = np.concatenate(self.keys, axis=1)
        values = np.concatenate(self.values, axis=1)

        scores = q @ keys.swapaxes(1, 2) / math.sqrt(q.shape[-1])
        position = np.arange(keys.shape[1])
        own = position[-len(x) :, None]
        scores = np.where(position <= own, scores, -np.inf)

        e = np.exp(scores - scores.max(axis=-1, keepdims=True))
        heads = e / e.sum(axis=-1, keepdims=True) @ values
        return heads.swapaxes(0, 1).reshape(x.shape) @ self.w_o
