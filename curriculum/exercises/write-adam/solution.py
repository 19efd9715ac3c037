import numpy as np


class Adam:
    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8):
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = eps
        self.steps = 0
        self.means = self.squares = None

    def step(self, parameters, gradients, rate):
        if self.means is None:
            self.means = [np.zeros_like(p) for p in parameters]
            self.squares = [np.zeros_like(p) for p in parameters]

        # Once a step, whatever the number of parameters: t says how many gradients an average has seen.
        self.steps += 1

        # Which way has the gradient pointed lately, and how large has it been?
        self.means = [self.beta1 * m + (1 - self.beta1) * g for m, g in zip(self.means, gradients)]
        self.squares = [self.beta2 * v + (1 - self.beta2) * g**2 for v, g in zip(self.squares, gradients)]

        # The weights of the gradients seen so far sum to 1 - beta^t. Dividing by it undoes the start at zero;
        # the averages that are kept stay uncorrected.
        seen1 = 1 - self.beta1**self.steps
        seen2 = 1 - self.beta2**self.steps
        return [
            p - rate * (m / seen1) / (np.sqrt(v / seen2) + self.eps)
            for p, m, v in zip(parameters, self.means, self.squares)
        ]
