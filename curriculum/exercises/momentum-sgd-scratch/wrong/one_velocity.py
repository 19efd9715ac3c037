# misconception: optimiser-state-shared-by-parameters
# says: You keep one velocity for all parameters, so the gradient of one pushes the next; each parameter needs its own.
# repairs: momentum#statement
# caught by: each parameter has its own velocity
import numpy as np


class MomentumSGD:
    def __init__(self, beta=0.9, averaging=False):
        self.beta = beta
        self.weight = 1 - beta if averaging else 1.0
        self.velocity = 0.0

    def step(self, parameters, gradients, rate):
        moved = []
        for p, g in zip(parameters, gradients):
            if np.shape(self.velocity) != np.shape(g):
                self.velocity = np.zeros_like(g)
            self.velocity = self.beta * self.velocity + self.weight * g
            moved.append(p - rate * self.velocity)
        return moved
