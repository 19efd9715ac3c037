import torch


class LoRALayer:
    def __init__(self, weight, rank, alpha, rng):
        self.weight = weight
        d, k = weight.shape
        # B = 0 makes the product zero: the layer starts as the base layer. A must not be zero as well, since the
        # gradient of B is proportional to A.
        self.A = torch.randn(rank, k, generator=rng, dtype=weight.dtype) / k**0.5
        self.B = torch.zeros(d, rank, dtype=weight.dtype)
        self.scale = alpha / rank

    def forward(self, x):
        # Down to r numbers and up again: the d x k product B A is never formed.
        return x @ self.weight.T + self.scale * (x @ self.A.T) @ self.B.T

    def parameters(self):
        return [self.A, self.B]

    def merge(self):
        return self.weight + self.scale * self.B @ self.A
