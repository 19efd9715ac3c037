# misconception: momentum-conventions-confused
# says: You weigh the gradient with 1 - beta in both conventions; heavy ball adds the gradient with weight 1, so its steps are 1 / (1 - beta) times larger.
# repairs: momentum#statement
# caught by: heavy ball follows its formula
import numpy as np


class MomentumSGD:
    def __init__(self, beta=0.9, averaging=False):
        self.beta = beta
        self.velocities = None

    def step(self, parameters, gradients, rate):
        if self.velocities is None:
            self.velocities = [np.zeros_like(p) for p in parameters]
        self.velocities = [self.beta * v + (1 - self.beta) * g for v, g in zip(self.velocities, gradients)]
        return [p - rate * v for p, v in zip(parameters, self.velocities)]
