# misconception: layer-norm-over-the-batch
# says: You average over the first axis, so one feature is compared across examples; that is batch normalisation, while layer norm compares the features of one token.
# repairs: layer-normalization#intuition
# caught by: each token stands alone
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=0, keepdims=True)
    variance = x.var(axis=0, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + eps) + beta
