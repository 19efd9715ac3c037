"""Principal component analysis by singular value decomposition."""

import numpy as np


def fit_pca(x, k):
    """(mean, components, variances, shares) of the k directions of largest variance."""
    x = np.asarray(x, dtype=np.float64)
    mean = x.mean(axis=0)
    # Rows of vt are the right singular vectors, sorted by falling singular value.
    _, sizes, vt = np.linalg.svd(x - mean, full_matrices=False)
    variances = sizes**2 / (len(x) - 1)
    total = variances.sum()
    # Without any variance there is nothing to share out.
    shares = variances / total if total > 0 else variances
    return mean, vt[:k], variances[:k], shares[:k]


def project(x, mean, components):
    """Scores: new data are measured from the mean of the training data, not from their own."""
    return (x - mean) @ components.T
