# misconception: lora-merge-changes-the-frozen-weight
# says: You add the update to the frozen weight itself; the layer then applies it twice, and the pre-trained weight is lost.
# repairs: lora#statement
# caught by: merging changes nothing
import numpy as np


class LoRALayer:
    def __init__(self, weight, rank, alpha, rng):
        self.weight = weight.copy()
        d, k = weight.shape
        self.A = rng.normal(0, 1 / np.sqrt(k), size=(rank, k))
        self.B = np.zeros((d, rank))
        self.scale = alpha / rank

    def forward(self, x):
        return x @ self.weight.T + self.scale * (x @ self.A.T) @ self.B.T

    def parameters(self):
        return [self.A, self.B]

    def merge(self):
        self.weight += self.scale * self.B @ self.A
        return self.weight.copy()
