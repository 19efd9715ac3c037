# misconception: gram-matrix-formed
# says: You take eigenvalues of the covariance matrix; squaring the data drowns every direction smaller than about 1e-8 of the largest.
# repairs: singular-value-decomposition#failure-modes
# caught by: small variances keep their digits
import numpy as np


def fit_pca(x, k):
    x = np.asarray(x, dtype=np.float64)
    mean = x.mean(axis=0)
    centred = x - mean
    values, vectors = np.linalg.eigh(centred.T @ centred / (len(x) - 1))
    vt = vectors.T[::-1]
    variances = np.maximum(values[::-1], 0)
    total = variances.sum()
    # Without any variance there is nothing to share out.
    shares = variances / total if total > 0 else variances
    return mean, vt[:k], variances[:k], shares[:k]


def project(x, mean, components):
    return (x - mean) @ components.T
