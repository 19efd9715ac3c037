# misconception: state-on-the-class
# says: A list on the class is one list for all objects; state that belongs to one optimiser is set in __init__.
# caught by: two optimisers do not share their velocities
import numpy as np


class Momentum:
    velocities = []

    def __init__(self, lr, beta=0.9):
        self.lr, self.beta = lr, beta

    def step(self, params, grads):
        if not self.velocities:
            self.velocities.extend(np.zeros_like(p) for p in params)
        for i, g in enumerate(grads):
            self.velocities[i] = self.beta * self.velocities[i] + g
        return [p - self.lr * v for p, v in zip(params, self.velocities)]
