# misconception: layer-norm-over-the-batch
# says: You average over the first axis, so one feature is compared across examples; that is batch normalisation, while layer norm compares the features of one token.
# repairs: layer-normalization#intuition
# caught by: each token stands alone
import torch


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(dim=0, keepdim=True)
    variance = (centred**2).mean(dim=0, keepdim=True)
    return gamma * centred / torch.sqrt(variance + eps) + beta
