# misconception: lora-merge-changes-the-frozen-weight
# says: You add the update to the frozen weight itself; the layer then applies it twice, and the pre-trained weight is lost.
# repairs: lora#statement
# caught by: merging changes nothing
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
        return self.weight.add_(self.scale * self.B @ self.A)
