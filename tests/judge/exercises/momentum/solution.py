import numpy as np


class Momentum:
    """Gradient descent with momentum."""

    def __init__(self, lr, beta=0.9):
        self.lr = lr
        self.beta = beta
        self.velocities = None

    def step(self, params, grads):
        """One step. params, grads: lists of arrays; returns the new parameters."""
        if self.velocities is None:
            self.velocities = [np.zeros_like(p) for p in params]
        self.velocities = [self.beta * v + g for v, g in zip(self.velocities, grads)]
        return [p - self.lr * v for p, v in zip(params, self.velocities)]
