# misconception: momentum-rate-inside-velocity
# says: You multiply the gradient by the rate before it enters the velocity; with a constant rate the path is the same, but after a change of rate the old part still moves at the old rate.
# repairs: momentum#statement
# caught by: the rate may change between steps
import numpy as np


class MomentumSGD:
    def __init__(self, beta=0.9, averaging=False):
        self.beta = beta
        self.weight = 1 - beta if averaging else 1.0
        self.velocities = None

    def step(self, parameters, gradients, rate):
        if self.velocities is None:
            self.velocities = [np.zeros_like(p) for p in parameters]
        self.velocities = [
            self.beta * v + rate * self.weight * g for v, g in zip(self.velocities, gradients)
        ]
        return [p - v for p, v in zip(parameters, self.velocities)]
