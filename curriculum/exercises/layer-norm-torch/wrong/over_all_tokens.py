# misconception: layer-norm-over-length-and-features
# says: You take one mean and variance over the tokens as well as the features, so each token's result depends on the others.
# repairs: layer-normalization#common-mistakes
# caught by: each token stands alone
import torch


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean()
    variance = (centred**2).mean()
    return gamma * centred / torch.sqrt(variance + eps) + beta
