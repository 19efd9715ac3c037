# misconception: momentum-nesterov-for-heavy-ball
# says: You step along beta v + g with the new velocity, which is Nesterov's variant; heavy ball steps along the velocity itself.
# repairs: momentum#statement
# caught by: heavy ball follows its formula
import numpy as np


class MomentumSGD:
    def __init__(self, beta=0.9, averaging=False):
        self.beta = beta
        self.weight = 1 - beta if averaging else 1.0
        self.velocities = None

    def step(self, parameters, gradients, rate):
        if self.velocities is None:
            self.velocities = [np.zeros_like(p) for p in parameters]
        self.velocities = [self.beta * v + self.weight * g for v, g in zip(self.velocities, gradients)]
        return [
            p - rate * (self.beta * v + self.weight * g)
            for p, v, g in zip(parameters, self.velocities, gradients)
        ]
