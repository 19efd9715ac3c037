"""Moves both corrections into one factor of the rate and a scaled eps, and keeps one flat state."""

import math

import numpy as np


class Adam:
    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8):
        self.beta1, self.beta2, self.eps = beta1, beta2, eps
        self.t, self.m, self.v = 0, 0.0, 0.0

    def step(self, parameters, gradients, rate):
        g = np.concatenate([np.ravel(a) for a in gradients]).astype(np.float64)
        self.t += 1
        self.m = self.m * self.beta1 + g * (1.0 - self.beta1)
        self.v = self.v * self.beta2 + np.square(g) * (1.0 - self.beta2)
        root = math.sqrt(1.0 - self.beta2**self.t)
        move = rate * root / (1.0 - self.beta1**self.t) * self.m / (np.sqrt(self.v) + self.eps * root)
        ends = np.cumsum([p.size for p in parameters])[:-1]
        return [p - d.reshape(p.shape) for p, d in zip(parameters, np.split(move, ends))]
