import torch


def layer_norm(x, gamma, beta, eps=1e-5):
    variance, mean = torch.var_mean(x.double(), dim=-1, correction=0, keepdim=True)
    return (x - mean) * (variance + eps).rsqrt() * gamma + beta
