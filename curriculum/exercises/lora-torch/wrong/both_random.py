# misconception: lora-both-factors-random
# says: Both factors start random, so a new layer adds noise to the pre-trained function before anything was learnt.
# repairs: lora#statement
# caught by: a new layer is the base layer
import torch


class LoRALayer:
    def __init__(self, weight, rank, alpha, rng):
        self.weight = weight
        d, k = weight.shape
        self.A = torch.randn(rank, k, generator=rng, dtype=weight.dtype) / k**0.5
        self.B = torch.randn(d, rank, generator=rng, dtype=weight.dtype)
        self.scale = alpha / rank

    def forward(self, x):
        return x @ self.weight.T + self.scale * (x @ self.A.T) @ self.B.T

    def parameters(self):
        return [self.A, self.B]

    def merge(self):
        return self.weight + self.scale * self.B @ self.A
