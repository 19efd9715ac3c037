# misconception: lora-merge-without-scale
# says: You merge BA without alpha / rank, so the stored model is not the one that was trained.
# repairs: lora#statement
# caught by: the merged weight does what the layer does
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
        return [self.A, self.B]

    def merge(self):
        return self.weight + self.B @ self.A
