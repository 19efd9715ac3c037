# misconception: rmsprop-divides-by-old-average
# says: You divide by the average from before this gradient; at the first step that is zero, and the step is the gradient over eps.
# repairs: rmsprop#statement
# caught by: follows the formula step by step
import numpy as np


class RMSProp:
    def __init__(self, rho=0.9, eps=1e-8):
        self.rho = rho
        self.eps = eps
        self.squares = None

    def step(self, parameters, gradients, rate):
        if self.squares is None:
            self.squares = [np.zeros_like(p) for p in parameters]
        moved = [
            p - rate * g / (np.sqrt(s) + self.eps) for p, g, s in zip(parameters, gradients, self.squares)
        ]
        self.squares = [self.rho * s + (1 - self.rho) * g**2 for s, g in zip(self.squares, gradients)]
        return moved
