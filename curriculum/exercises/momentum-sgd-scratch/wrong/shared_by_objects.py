# misconception: optimiser-state-shared-by-objects
# says: You keep the velocities in a variable of the class, so all optimisers push each other; state belongs to the object, in __init__.
# repairs: momentum#statement
# caught by: two optimisers share nothing
import numpy as np


class MomentumSGD:
    velocities = []

    def __init__(self, beta=0.9, averaging=False):
        self.beta = beta
        self.weight = 1 - beta if averaging else 1.0

    def step(self, parameters, gradients, rate):
        if [np.shape(v) for v in self.velocities] != [np.shape(g) for g in gradients]:
            self.velocities[:] = [np.zeros_like(p) for p in parameters]
        self.velocities[:] = [self.beta * v + self.weight * g for v, g in zip(self.velocities, gradients)]
        return [p - rate * v for p, v in zip(parameters, self.velocities)]
