# misconception: lora-both-factors-zero
# says: Both factors start at zero; each one's gradient is a product with the other, so neither would ever move.
# repairs: lora#derivation
# caught by: A starts random
import torch


class LoRALayer:
    def __init__(self, weight, rank, alpha, rng):
        self.weight = weight
        d, k = weight.shape
        self.A = torch.zeros(rank, k, dtype=weight.dtype)
        self.B = torch.zeros(d, rank, dtype=weight.dtype)
        self.scale = alpha / rank

    def forward(self, x):
        return x @ self.weight.T + self.scale * (x @ self.A.T) @ self.B.T

    def parameters(self):
        return [self.A, self.B]

    def merge(self):
        return self.weight + self.scale * self.B @ self.A
