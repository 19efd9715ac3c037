"""Remembers the root mean square itself and updates it as the length of a right triangle, in float64."""

import numpy as np


class RMSProp:
    def __init__(self, rho=0.9, eps=1e-8):
        self.old, self.new, self.eps = np.sqrt(rho), np.sqrt(1.0 - rho), eps
        self.sizes = ()

    def step(self, parameters, gradients, rate):
        sizes = self.sizes or [0.0] * len(gradients)
        self.sizes = [np.hypot(self.old * r, self.new * np.abs(g)) for r, g in zip(sizes, gradients)]
        return [p - g * (rate / (r + self.eps)) for p, g, r in zip(parameters, gradients, self.sizes)]
