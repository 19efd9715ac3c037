"""One array at a time, state in a dictionary, the decay written as a term of the update."""

import math

import numpy as np


class AdamW:
    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8, decay=0.01):
        self.betas, self.eps, self.decay = (beta1, beta2), eps, decay
        self.t, self.state = 0, {}

    def step(self, parameters, gradients, rate):
        self.t += 1
        beta1, beta2 = self.betas
        root = math.sqrt(1.0 - beta2**self.t)
        moved = []
        for place, p in enumerate(parameters):
            g = np.asarray(gradients[place], dtype=np.float64)
            m, v = self.state.setdefault(place, (np.zeros(g.shape), np.zeros(g.shape)))
            m += (1.0 - beta1) * (g - m)
            v += (1.0 - beta2) * (g * g - v)
            direction = m / (1.0 - beta1**self.t) * root / (np.sqrt(v) + root * self.eps)
            moved.append(p - rate * (direction + self.decay * p))
        return moved
