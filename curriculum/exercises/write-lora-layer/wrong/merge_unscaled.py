# misconception: lora-merge-without-scale
# says: You merge BA without alpha / rank, so the stored model is not the one that was trained.
# repairs: lora#statement
# caught by: the merged weight does what the layer does
import numpy as np


class LoRALayer:
    def __init__(self, weight, rank, alpha, rng):
        self.weight = weight
        d, k = weight.shape
        self.A = rng.normal(0, 1 / np.sqrt(k), size=(rank, k))
        self.B = np.zeros((d, rank))
        self.scale = alpha / rank

    def forward(self, x):
        return x @ self.weight.T + self.scale * (x @ self.A.T) @ self.B.T

    def parameters(self):
        return [self.A, self.B]

    def merge(self):
        return self.weight + self.B @ self.A
