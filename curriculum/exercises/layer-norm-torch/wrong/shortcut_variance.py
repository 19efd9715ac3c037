# misconception: variance-by-difference-of-squares
# says: You take the variance as the mean of the squares less the square of the mean; for a large mean these are two huge, almost equal numbers, and their difference is rounding error.
# repairs: layer-normalization#statement
# caught by: a large mean costs no digits
import torch


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(dim=-1, keepdim=True)
    variance = ((x**2).mean(dim=-1, keepdim=True) - x.mean(dim=-1, keepdim=True) ** 2).clamp(min=0)
    return gamma * centred / torch.sqrt(variance + eps) + beta
