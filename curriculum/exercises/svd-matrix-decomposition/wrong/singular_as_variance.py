# misconception: singular-value-as-variance
# says: You report singular values as variances; a variance is the squared singular value divided by n - 1.
# repairs: principal-component-analysis#statement
# caught by: variances divide by n - 1
import numpy as np


def fit_pca(x, k):
    x = np.asarray(x, dtype=np.float64)
    mean = x.mean(axis=0)
    # Rows of vt are the right singular vectors, sorted by falling singular value.
    _, sizes, vt = np.linalg.svd(x - mean, full_matrices=False)
    variances = sizes / (len(x) - 1)
    total = variances.sum()
    # Without any variance there is nothing to share out.
    shares = variances / total if total > 0 else variances
    return mean, vt[:k], variances[:k], shares[:k]


def project(x, mean, components):
    return (x - mean) @ components.T
