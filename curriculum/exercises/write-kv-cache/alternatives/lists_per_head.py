"""One list of keys and one of values per head; each query reads a slice of the lists."""

import numpy as np


class CachedAttention:
    def __init__(self, w_q, w_k, w_v, w_o, n_heads):
        width = w_q.shape[1] // n_heads
        self.heads = []
        for i in range(n_heads):
            own = slice(i * width, (i + 1) * width)
            self.heads.append((w_q[:, own], w_k[:, own], w_v[:, own], w_o[own], [], []))

    def step(self, x):
        out = np.zeros((len(x), self.heads[0][3].shape[1]))
        for w_q, w_k, w_v, w_o, keys, values in self.heads:
            seen = len(keys)
            keys.extend(x @ w_k)
            values.extend(x @ w_v)
            for i, query in enumerate(x @ w_q):
                scores = np.stack(keys[: seen + i + 1]) @ query / len(query) ** 0.5
                weights = np.exp(scores - scores.max())
                out[i] += weights @ np.stack(values[: seen + i + 1]) / weights.sum() @ w_o
        return out
