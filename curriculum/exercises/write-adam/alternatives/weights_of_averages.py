"""Keeps proper weighted averages: each new gradient enters with the share that makes the weights sum to one."""

import numpy as np


class Adam:
    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8):
        self.betas, self.eps = (beta1, beta2), eps
        self.powers = [1.0, 1.0]
        self.state = {}

    def step(self, parameters, gradients, rate):
        shares = []
        for k, beta in enumerate(self.betas):
            self.powers[k] *= beta
            shares.append((1.0 - beta) / (1.0 - self.powers[k]))
        moved = []
        for place, (p, g) in enumerate(zip(parameters, gradients)):
            g = g.astype(np.float64)
            mean, square = self.state.get(place, (np.zeros(p.shape), np.zeros(p.shape)))
            mean = mean + shares[0] * (g - mean)
            square = square + shares[1] * (g * g - square)
            self.state[place] = mean, square
            moved.append(p - rate * mean / (np.sqrt(square) + self.eps))
        return moved
