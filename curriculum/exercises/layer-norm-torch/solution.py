import torch


def layer_norm(x, gamma, beta, eps=1e-5):
    # Over the last axis only: each token is compared with itself.
    centred = x - x.mean(dim=-1, keepdim=True)
    # Squares of what is left after centring; the mean of them, so that d is the divisor and not d - 1.
    variance = (centred**2).mean(dim=-1, keepdim=True)
    return gamma * centred / torch.sqrt(variance + eps) + beta
