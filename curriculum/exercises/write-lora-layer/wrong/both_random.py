# misconception: lora-both-factors-random
# says: Both factors start random, so a new layer adds noise to the pre-trained function before anything was learnt.
# repairs: lora#statement
# caught by: a new layer is the base layer
import numpy as np


class LoRALayer:
    def __init__(self, weight, rank, alpha, rng):
        self.weight = weight
        d, k = weight.shape
        self.A = rng.normal(0, 1 / np.sqrt(k), size=(rank, k))
        self.B = rng.normal(0, 1 / np.sqrt(rank), size=(d, rank))
        self.scale = alpha / rank

    def forward(self, x):
        return x @ self.weight.T + self.scale * (x @ self.A.T) @ self.B.T

    def parameters(self):
        return [self.A, self.B]

    def merge(self):
        return self.weight + self.scale * self.B @ self.A
