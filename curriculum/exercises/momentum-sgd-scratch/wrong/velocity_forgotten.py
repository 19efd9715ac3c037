# misconception: optimiser-state-reset-each-step
# says: You start the velocity at zero in every step, so nothing is carried over and the method is plain SGD; the object must remember it between calls.
# repairs: momentum#intuition
# caught by: heavy ball follows its formula
import numpy as np


class MomentumSGD:
    def __init__(self, beta=0.9, averaging=False):
        self.beta = beta
        self.weight = 1 - beta if averaging else 1.0

    def step(self, parameters, gradients, rate):
        velocities = [np.zeros_like(p) for p in parameters]
        velocities = [self.beta * v + self.weight * g for v, g in zip(velocities, gradients)]
        return [p - rate * v for p, v in zip(parameters, velocities)]
