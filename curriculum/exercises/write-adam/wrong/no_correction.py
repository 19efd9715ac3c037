# misconception: adam-without-bias-correction
# says: You leave out the bias correction; both averages start at zero, and with the default settings the first step is 3.16 times too large.
# repairs: adam#common-mistakes
# caught by: the first step is the rate
import numpy as np


class Adam:
    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8):
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = eps
        self.steps = 0
        self.means = None
        self.squares = None

    def step(self, parameters, gradients, rate):
        if self.means is None:
            self.means = [np.zeros_like(p) for p in parameters]
            self.squares = [np.zeros_like(p) for p in parameters]
        self.steps += 1
        self.means = [self.beta1 * m + (1 - self.beta1) * g for m, g in zip(self.means, gradients)]
        self.squares = [self.beta2 * v + (1 - self.beta2) * g**2 for v, g in zip(self.squares, gradients)]
        return [
            p - rate * m / (np.sqrt(v) + self.eps)
            for p, m, v in zip(parameters, self.means, self.squares)
        ]
