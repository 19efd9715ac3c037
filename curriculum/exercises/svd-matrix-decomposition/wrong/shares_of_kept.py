# misconception: shares-of-the-kept-only
# says: You divide by the variance of the kept components, so the shares always sum to one and tell nothing about what was dropped.
# repairs: principal-component-analysis#statement
# caught by: shares refer to all columns
import numpy as np


def fit_pca(x, k):
    x = np.asarray(x, dtype=np.float64)
    mean = x.mean(axis=0)
    # Rows of vt are the right singular vectors, sorted by falling singular value.
    _, sizes, vt = np.linalg.svd(x - mean, full_matrices=False)
    variances = sizes**2 / (len(x) - 1)
    total = variances[:k].sum()
    # Without any variance there is nothing to share out.
    shares = variances / total if total > 0 else variances
    return mean, vt[:k], variances[:k], shares[:k]


def project(x, mean, components):
    return (x - mean) @ components.T
