# misconception: adam-counts-parameters-not-steps
# says: You raise the counter for each parameter, so the second parameter is corrected as if two steps had been made; t counts calls of step.
# repairs: adam#statement
# caught by: each parameter is treated as if alone
import numpy as np


class Adam:
    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8):
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = eps
        self.t = 0
        self.means = {}
        self.squares = {}

    def step(self, parameters, gradients, rate):
        moved = []
        for i, (p, g) in enumerate(zip(parameters, gradients)):
            self.t += 1
            m = self.means.get(i, np.zeros_like(p))
            v = self.squares.get(i, np.zeros_like(p))
            self.means[i] = m = self.beta1 * m + (1 - self.beta1) * g
            self.squares[i] = v = self.beta2 * v + (1 - self.beta2) * g**2
            m_hat = m / (1 - self.beta1**self.t)
            v_hat = v / (1 - self.beta2**self.t)
            moved.append(p - rate * m_hat / (np.sqrt(v_hat) + self.eps))
        return moved
