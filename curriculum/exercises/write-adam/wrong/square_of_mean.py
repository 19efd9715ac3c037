# misconception: adam-squares-the-average
# says: You average the square of the averaged gradient; gradients that change sign then look small, when the divisor should be the size of the gradients themselves.
# repairs: adam#statement
# caught by: the divisor is the size of the gradients
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
        self.squares = [self.beta2 * v + (1 - self.beta2) * m**2 for v, m in zip(self.squares, self.means)]
        seen1 = 1 - self.beta1**self.steps
        seen2 = 1 - self.beta2**self.steps
        return [
            p - rate * (m / seen1) / (np.sqrt(v / seen2) + self.eps)
            for p, m, v in zip(parameters, self.means, self.squares)
        ]
