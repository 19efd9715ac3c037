# misconception: work-in-the-callers-array
# says: p -= ... changes the caller's array; the task asks for new ones.
# caught by: the parameters passed in are left as they were
import numpy as np


class Momentum:
    def __init__(self, lr, beta=0.9):
        self.lr, self.beta, self.velocities = lr, beta, None

    def step(self, params, grads):
        if self.velocities is None:
            self.velocities = [np.zeros_like(p) for p in params]
        self.velocities = [self.beta * v + g for v, g in zip(self.velocities, grads)]
        for p, v in zip(params, self.velocities):
            p -= self.lr * v
        return params
