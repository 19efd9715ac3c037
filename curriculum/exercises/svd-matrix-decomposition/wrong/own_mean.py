# misconception: new-data-centred-by-themselves
# says: You centre new data with their own mean; the scores then lose where the new data lie relative to the training data.
# repairs: principal-component-analysis#in-practice
# caught by: new data are measured from the training mean
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
    return mean, vt[:k], variances[:k], shares[:k]


def project(x, mean, components):
    return (x - x.mean(axis=0)) @ components.T
