"""Keeps one flat velocity for all parameters together and updates it in place."""

import numpy as np


class MomentumSGD:
    def __init__(self, beta=0.9, averaging=False):
        self.beta, self.averaging = beta, averaging
        self.velocity = 0.0

    def step(self, parameters, gradients, rate):
        flat = np.concatenate([np.asarray(g, dtype=np.float64).ravel() for g in gradients])
        if self.averaging:
            flat *= 1.0 - self.beta
        self.velocity = self.beta * self.velocity + flat
        moved, start = [], 0
        for p in parameters:
            piece = self.velocity[start : start + p.size].reshape(p.shape)
            moved.append((p - rate * piece).astype(p.dtype))
            start += p.size
        return moved
