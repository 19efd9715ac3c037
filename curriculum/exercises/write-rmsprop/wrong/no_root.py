# misconception: rmsprop-without-root
# says: You divide by the average square without its root; then a gradient c times as large takes a step c times smaller, where it should take the same.
# repairs: rmsprop#adaptive-learning-rates
# caught by: the scale of the loss does not matter
import numpy as np


class RMSProp:
    def __init__(self, rho=0.9, eps=1e-8):
        self.rho = rho
        self.eps = eps
        self.squares = None

    def step(self, parameters, gradients, rate):
        if self.squares is None:
            self.squares = [np.zeros_like(p) for p in parameters]
        self.squares = [self.rho * s + (1 - self.rho) * g**2 for s, g in zip(self.squares, gradients)]
        return [p - rate * g / (s + self.eps) for p, g, s in zip(parameters, gradients, self.squares)]
