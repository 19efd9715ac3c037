"""Decompose the transposed table; variances from the scores, total from the columns."""

import numpy as np


def fit_pca(x, k):
    x = np.array(x, dtype=float)
    mean = np.sum(x, axis=0) / x.shape[0]
    centred = x - mean[None, :]
    u, sizes, _ = np.linalg.svd(centred.T)
    components = u[:, :k].T
    variances = np.square(sizes[:k]) / (x.shape[0] - 1)
    total = np.square(centred).sum() / (x.shape[0] - 1)
    shares = np.zeros(k) if total == 0 else variances / total
    return mean, components, variances, shares


def project(x, mean, components):
    return np.stack([(x - mean) @ direction for direction in components], axis=1)
