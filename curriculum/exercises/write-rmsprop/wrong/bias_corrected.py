# misconception: rmsprop-bias-corrected
# says: You divide the average by 1 - rho^t; this bias correction belongs to Adam, and RMSProp as stated here takes larger first steps.
# repairs: rmsprop#worked-example
# caught by: follows the formula step by step
import numpy as np


class RMSProp:
    def __init__(self, rho=0.9, eps=1e-8):
        self.rho = rho
        self.eps = eps
        self.squares = None
        self.steps = 0

    def step(self, parameters, gradients, rate):
        if self.squares is None:
            self.squares = [np.zeros_like(p) for p in parameters]
        self.steps += 1
        self.squares = [self.rho * s + (1 - self.rho) * g**2 for s, g in zip(self.squares, gradients)]
        seen = 1 - self.rho**self.steps
        return [
            p - rate * g / (np.sqrt(s / seen) + self.eps)
            for p, g, s in zip(parameters, gradients, self.squares)
        ]
