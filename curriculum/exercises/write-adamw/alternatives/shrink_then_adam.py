"""A plain Adam, called on parameters that have been shrunk."""

import numpy as np


class Adam:
    def __init__(self, beta1, beta2, eps):
        self.beta1, self.beta2, self.eps = beta1, beta2, eps
        self.power1 = self.power2 = 1.0
        self.m = self.v = None

    def step(self, parameters, gradients, rate):
        if self.m is None:
            self.m, self.v = [0.0] * len(gradients), [0.0] * len(gradients)
        self.power1, self.power2 = self.power1 * self.beta1, self.power2 * self.beta2
        moved = []
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.m[i] = self.beta1 * self.m[i] + (1 - self.beta1) * g
            self.v[i] = self.beta2 * self.v[i] + (1 - self.beta2) * np.square(g)
            size = np.sqrt(self.v[i] / (1 - self.power2)) + self.eps
            moved.append(p - rate / (1 - self.power1) * self.m[i] / size)
        return moved


class AdamW:
    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8, decay=0.01):
        self.adam = Adam(beta1, beta2, eps)
        self.decay = decay

    def step(self, parameters, gradients, rate):
        shrunk = [p - rate * self.decay * p for p in parameters]
        return self.adam.step(shrunk, gradients, rate)
