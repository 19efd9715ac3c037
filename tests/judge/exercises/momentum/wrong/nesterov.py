# misconception: nesterov-for-momentum
# says: This looks ahead by g + beta * v, which is Nesterov's method; classical momentum moves by v itself.
# caught by: five steps agree with the reference
import numpy as np


class Momentum:
    def __init__(self, lr, beta=0.9):
        self.lr, self.beta, self.velocities = lr, beta, None

    def step(self, params, grads):
        if self.velocities is None:
            self.velocities = [np.zeros_like(p) for p in params]
        self.velocities = [self.beta * v + g for v, g in zip(self.velocities, grads)]
        return [p - self.lr * (g + self.beta * v) for p, v, g in zip(params, self.velocities, grads)]
