"""A QR step first, then the SVD of the small triangle; signs turned so that the largest entry is positive."""

import numpy as np


def fit_pca(x, k):
    x = np.array(x, dtype=np.float64)
    n = len(x)
    mean = np.average(x, axis=0)
    r = np.linalg.qr(x - mean, mode="r")
    _, sizes, vt = np.linalg.svd(r / np.sqrt(n - 1), full_matrices=False)
    components = np.array([v * np.sign(v[np.argmax(np.abs(v))]) for v in vt[:k]])
    spread = sizes**2
    total = spread.sum()
    shares = np.divide(spread, total, out=np.zeros_like(spread), where=total > 0)
    return mean, components, spread[:k], shares[:k]


def project(x, mean, components):
    return np.einsum("nd,kd->nk", np.asarray(x) - mean, components)
