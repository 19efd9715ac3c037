# misconception: layer-norm-bias-before-gain
# says: You add the bias before you multiply by the gain, so the gain scales the bias too; the bias comes last.
# repairs: layer-normalization#statement
# caught by: the gain comes before the bias
import torch


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(dim=-1, keepdim=True)
    variance = (centred**2).mean(dim=-1, keepdim=True)
    return gamma * (centred / torch.sqrt(variance + eps) + beta)
