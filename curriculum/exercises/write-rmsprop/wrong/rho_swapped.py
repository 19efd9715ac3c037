# misconception: rmsprop-weights-swapped
# says: You give the weight rho to the new square; rho is how much of the old average stays.
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
        self.squares = [(1 - self.rho) * s + self.rho * g**2 for s, g in zip(self.squares, gradients)]
        return [p - rate * g / (np.sqrt(s) + self.eps) for p, g, s in zip(parameters, gradients, self.squares)]
