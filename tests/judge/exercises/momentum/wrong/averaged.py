# misconception: momentum-as-moving-average
# says: With the factor (1 - beta) the velocity is an average of gradients and the first step is ten times too short; here v = beta * v + g.
# caught by: the first step is plain gradient descent
import numpy as np


class Momentum:
    def __init__(self, lr, beta=0.9):
        self.lr, self.beta, self.velocities = lr, beta, None

    def step(self, params, grads):
        if self.velocities is None:
            self.velocities = [np.zeros_like(p) for p in params]
        self.velocities = [self.beta * v + (1 - self.beta) * g for v, g in zip(self.velocities, grads)]
        return [p - self.lr * v for p, v in zip(params, self.velocities)]
