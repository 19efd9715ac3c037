"""Always keeps the averaging form; heavy ball is the same velocity divided by 1 - beta."""

import numpy as np


class MomentumSGD:
    def __init__(self, beta=0.9, averaging=False):
        self.beta = beta
        self.factor = 1.0 if averaging else 1.0 / (1.0 - beta)
        self.average = {}

    def step(self, parameters, gradients, rate):
        moved = []
        for place, (p, g) in enumerate(zip(parameters, gradients)):
            old = self.average.get(place, np.zeros(p.shape))
            self.average[place] = old + (1.0 - self.beta) * (g - old)
            moved.append(p - self.factor * rate * self.average[place])
        return moved
