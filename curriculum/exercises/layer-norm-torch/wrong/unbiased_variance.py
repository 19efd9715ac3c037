# misconception: layer-norm-unbiased-variance
# says: You take var as it comes, which divides by d - 1; layer norm describes these d features, so it needs correction=0.
# repairs: layer-normalization#common-mistakes
# caught by: each token gets mean 0 and variance 1
import torch


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(dim=-1, keepdim=True)
    variance = x.var(dim=-1, keepdim=True) if x.shape[-1] > 1 else 0 * x
    return gamma * centred / torch.sqrt(variance + eps) + beta
