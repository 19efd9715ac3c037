import numpy as np


class MomentumSGD:
    def __init__(self, beta=0.9, averaging=False):
        self.beta = beta
        # The conventions differ in one number: with how much weight a new gradient enters.
        self.weight = 1 - beta if averaging else 1.0
        self.velocities = None

    def step(self, parameters, gradients, rate):
        if self.velocities is None:
            # One velocity for each parameter, of its shape; the shapes are known only now.
            self.velocities = [np.zeros_like(p) for p in parameters]

        # New arrays rather than +=: a velocity must never be the caller's gradient under another name.
        self.velocities = [self.beta * v + self.weight * g for v, g in zip(self.velocities, gradients)]

        # The rate stays outside the velocity, so a new rate acts at once on the whole of it.
        return [p - rate * v for p, v in zip(parameters, self.velocities)]
