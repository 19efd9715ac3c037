# misconception: rmsprop-eps-inside-root
# says: You add eps under the root; for small gradients that is a much larger guard, since the root of 1e-8 is 1e-4.
# repairs: rmsprop#statement
# caught by: eps stands outside the root
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
        return [p - rate * g / np.sqrt(s + self.eps) for p, g, s in zip(parameters, gradients, self.squares)]
