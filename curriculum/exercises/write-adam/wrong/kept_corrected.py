# misconception: adam-keeps-corrected-averages
# says: You store the corrected averages and correct them again in the next step; the correction serves one step, and what is kept stays uncorrected.
# repairs: adam#derivation
# caught by: follows the formula step by step
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
        moved = []
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.means[i] = self.beta1 * self.means[i] + (1 - self.beta1) * g
            self.squares[i] = self.beta2 * self.squares[i] + (1 - self.beta2) * g**2
            self.means[i] = self.means[i] / (1 - self.beta1**self.steps)
            self.squares[i] = self.squares[i] / (1 - self.beta2**self.steps)
            moved.append(p - rate * self.means[i] / (np.sqrt(self.squares[i]) + self.eps))
        return moved
