# misconception: adamw-without-bias-correction
# says: You leave out Adam's bias correction; both averages start at zero, and with the default settings the first move is 3.16 times too large.
# repairs: adam#common-mistakes
# caught by: without decay the first step is the rate
import torch


class AdamW:
    def __init__(self, beta1=0.9, beta2=0.999, eps=1e-8, decay=0.01):
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = eps
        self.decay = decay
        self.steps = 0
        self.means = self.squares = None

    def step(self, parameters, gradients, rate):
        if self.means is None:
            self.means = [torch.zeros_like(p) for p in parameters]
            self.squares = [torch.zeros_like(p) for p in parameters]
        self.steps += 1

        self.means = [self.beta1 * m + (1 - self.beta1) * g for m, g in zip(self.means, gradients)]
        self.squares = [self.beta2 * v + (1 - self.beta2) * g**2 for v, g in zip(self.squares, gradients)]
        seen1 = 1 - self.beta1**self.steps
        seen2 = 1 - self.beta2**self.steps

        keep = 1 - rate * self.decay
        return [
            keep * p - rate * m / (torch.sqrt(v) + self.eps)
            for p, m, v in zip(parameters, self.means, self.squares)
        ]
