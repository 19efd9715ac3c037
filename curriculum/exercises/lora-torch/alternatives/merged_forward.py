import torch


class LoRALayer:
    def __init__(self, weight, rank, alpha, rng):
        self.frozen, self.ratio = weight.detach().clone(), alpha / rank
        self.A = torch.empty(rank, weight.shape[1], dtype=torch.float64).normal_(0, weight.shape[1] ** -0.5, generator=rng)
        self.B = weight.new_zeros(weight.shape[0], rank)

    def parameters(self):
        return [self.A, self.B]

    def merge(self):
        return torch.addmm(self.frozen, self.B, self.A, alpha=self.ratio)

    def forward(self, x):
        return torch.einsum("nk,dk->nd", x, self.merge())
