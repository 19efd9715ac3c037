import torch


class LoRALayer:
    """A frozen linear layer with a trained update of low rank.

    weight: float64 tensor (d, k), frozen
    rank: r, the width of the update, at least 1
    alpha: the update is multiplied by alpha / rank
    rng: torch.Generator for the start of A

    Attributes: A, tensor (r, k), normal with standard deviation 1 / sqrt(k); B, tensor (d, r), zero.
    """

    def __init__(self, weight, rank, alpha, rng):
        raise NotImplementedError

    def forward(self, x):
        """The output (n, d) for inputs x (n, k)."""
        raise NotImplementedError

    def parameters(self):
        """The list of tensors that are trained."""
        raise NotImplementedError

    def merge(self):
        """One new weight (d, k) that does what the layer does."""
        raise NotImplementedError
