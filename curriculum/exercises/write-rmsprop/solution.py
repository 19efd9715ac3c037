import numpy as np


class RMSProp:
    def __init__(self, rho=0.9, eps=1e-8):
        self.rho = rho
        self.eps = eps
        self.squares = None

    def step(self, parameters, gradients, rate):
        if self.squares is None:
            # An average for every single number, so one array for each parameter, of its shape.
            self.squares = [np.zeros_like(p) for p in parameters]

        # An average, not a sum: old gradients fade, so the steps do not die out on a long run.
        self.squares = [
            self.rho * s + (1 - self.rho) * g**2 for s, g in zip(self.squares, gradients)
        ]

        # The divisor has the unit of a gradient, hence the root; eps only guards against 0 / 0.
        return [
            p - rate * g / (np.sqrt(s) + self.eps) for p, g, s in zip(parameters, gradients, self.squares)
        ]
