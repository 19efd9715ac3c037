# misconception: layer-norm-bias-before-gain
# says: You add the bias before you multiply by the gain, so the gain scales the bias too; the bias comes last.
# repairs: layer-normalization#statement
# caught by: the gain comes before the bias
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = (centred**2).mean(axis=-1, keepdims=True)
    return gamma * (centred / np.sqrt(variance + eps) + beta)
