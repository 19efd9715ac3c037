# misconception: lora-weight-trained-too
# says: You hand the frozen weight to the optimiser as well; nothing is saved, and the update is no longer of low rank.
# repairs: lora#statement
# caught by: only the two factors are trained
import torch


class LoRALayer:
    def __init__(self, weight, rank, alpha, rng):
        self.weight = weight
        d, k = weight.shape
        self.A = torch.randn(rank, k, generator=rng, dtype=weight.dtype) / k**0.5
        self.B = torch.zeros(d, rank, dtype=weight.dtype)
        self.scale = alpha / rank

    def forward(self, x):
        return x @ self.weight.T + self.scale * (x @ self.A.T) @ self.B.T

    def parameters(self):
        return [self.weight, self.A, self.B]

    def merge(self):
        return self.weight + self.scale * self.B @ self.A
