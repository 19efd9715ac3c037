# misconception: lora-scale-by-root-of-rank
# says: You divide by the root of the rank; that is the scale of rank-stabilised LoRA, another method with other good settings of alpha.
# repairs: lora#statement
# caught by: the update is scaled by alpha / rank
import torch


class LoRALayer:
    def __init__(self, weight, rank, alpha, rng):
        self.weight = weight
        d, k = weight.shape
        self.A = torch.randn(rank, k, generator=rng, dtype=weight.dtype) / k**0.5
        self.B = torch.zeros(d, rank, dtype=weight.dtype)
        self.scale = alpha / rank**0.5

    def forward(self, x):
        return x @ self.weight.T + self.scale * (x @ self.A.T) @ self.B.T

    def parameters(self):
        return [self.A, self.B]

    def merge(self):
        return self.weight + self.scale * self.B @ self.A
