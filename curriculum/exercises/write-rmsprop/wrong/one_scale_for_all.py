# misconception: rmsprop-one-scale-per-array
# says: You average the squares over the whole array, so all its entries share a divisor; each coordinate is measured with its own ruler.
# repairs: rmsprop#intuition
# caught by: each coordinate has its own divisor
import numpy as np


class RMSProp:
    def __init__(self, rho=0.9, eps=1e-8):
        self.rho = rho
        self.eps = eps
        self.squares = None

    def step(self, parameters, gradients, rate):
        if self.squares is None:
            self.squares = [np.zeros_like(p) for p in parameters]
        self.squares = [self.rho * s + (1 - self.rho) * np.mean(g**2) for s, g in zip(self.squares, gradients)]
        return [p - rate * g / (np.sqrt(s) + self.eps) for p, g, s in zip(parameters, gradients, self.squares)]
