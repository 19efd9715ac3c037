# misconception: layer-norm-eps-outside-root
# says: You add eps to the standard deviation; it belongs to the variance, under the root, which is another function wherever the variance is not large.
# repairs: layer-normalization#statement
# caught by: eps is added to the variance
import torch


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(dim=-1, keepdim=True)
    variance = (centred**2).mean(dim=-1, keepdim=True)
    return gamma * centred / (torch.sqrt(variance) + eps) + beta
