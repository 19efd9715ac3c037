"""One number at a time in plain Python, with the averages in a dictionary."""

import math

import numpy as np


class RMSProp:
    def __init__(self, rho=0.9, eps=1e-8):
        self.rho, self.eps = rho, eps
        self.average = {}

    def step(self, parameters, gradients, rate):
        moved = []
        for number, (p, g) in enumerate(zip(parameters, gradients)):
            new = np.array(p)
            for place in np.ndindex(p.shape):
                slope = float(g[place])
                old = self.average.get((number, place), 0.0)
                self.average[number, place] = old + (1.0 - self.rho) * (slope * slope - old)
                new[place] = p[place] - rate * slope / (math.sqrt(self.average[number, place]) + self.eps)
            moved.append(new)
        return moved
