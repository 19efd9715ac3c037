# misconception: variance-by-difference-of-squares
# says: You take the variance as the mean of the squares less the square of the mean; for a large mean these are two huge, almost equal numbers, and their difference is rounding error.
# repairs: layer-normalization#statement
# caught by: a large mean costs no digits
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=-1, keepdims=True)
    variance = (x**2).mean(axis=-1, keepdims=True) - mean**2
    variance = np.maximum(variance, 0)
    return gamma * (x - mean) / np.sqrt(variance + eps) + beta
