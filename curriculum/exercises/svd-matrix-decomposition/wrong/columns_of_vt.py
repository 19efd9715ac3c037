# misconception: right-vectors-read-as-columns
# says: You read the right singular vectors from the columns of the third result; NumPy returns V transposed, so they are its rows.
# repairs: singular-value-decomposition#common-mistakes
# caught by: the components are perpendicular and carry the variance
import numpy as np


def fit_pca(x, k):
    x = np.asarray(x, dtype=np.float64)
    mean = x.mean(axis=0)
    # Rows of vt are the right singular vectors, sorted by falling singular value.
    _, sizes, vt = np.linalg.svd(x - mean, full_matrices=False)
    variances = sizes**2 / (len(x) - 1)
    total = variances.sum()
    # Without any variance there is nothing to share out.
    shares = variances / total if total > 0 else variances
    return mean, vt[:, :k].T, variances[:k], shares[:k]


def project(x, mean, components):
    return (x - mean) @ components.T
