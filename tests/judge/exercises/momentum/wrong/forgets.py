# misconception: velocity-does-not-outlive-the-step
# says: The velocity is made anew in each step, so nothing is carried over and this is plain gradient descent.
# caught by: five steps agree with the reference
import numpy as np


class Momentum:
    def __init__(self, lr, beta=0.9):
        self.lr, self.beta, self.velocities = lr, beta, []

    def step(self, params, grads):
        self.velocities = [self.beta * np.zeros_like(p) + g for p, g in zip(params, grads)]
        return [p - self.lr * v for p, v in zip(params, self.velocities)]
