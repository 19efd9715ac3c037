# misconception: standardised-unasked
# says: You divide every column by its standard deviation as well; that answers another question, with other directions.
# repairs: principal-component-analysis#failure-modes
# caught by: the components are perpendicular and carry the variance
import numpy as np


def fit_pca(x, k):
    x = np.asarray(x, dtype=np.float64)
    mean = x.mean(axis=0)
    # Rows of vt are the right singular vectors, sorted by falling singular value.
    spread = x.std(axis=0, ddof=1)
    _, sizes, vt = np.linalg.svd((x - mean) / np.where(spread > 0, spread, 1), full_matrices=False)
    variances = sizes**2 / (len(x) - 1)
    total = variances.sum()
    # Without any variance there is nothing to share out.
    shares = variances / total if total > 0 else variances
    return mean, vt[:k], variances[:k], shares[:k]


def project(x, mean, components):
    return (x - mean) @ components.T
