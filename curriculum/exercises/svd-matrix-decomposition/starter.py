"""Principal component analysis by singular value decomposition."""

import numpy as np


def fit_pca(x, k):
    """Find the k directions of largest variance.

    Args:
        x: floats, shape (n, d), one example per row, n >= 2.
        k: number of directions, from 1 to min(n, d).

    Returns:
        A tuple (mean, components, variances, shares) of float64 arrays with shapes (d,), (k, d), (k,)
        and (k,): rows of `components` are orthonormal, variances fall, shares are parts of the total
        variance of x (zeros if x does not vary).
    """
    raise NotImplementedError


def project(x, mean, components):
    """Scores of data along the components.

    Args:
        x: floats, shape (rows, d): training data or new data.
        mean: the mean of the training data, shape (d,).
        components: orthonormal rows, shape (k, d).

    Returns:
        Shape (rows, k).
    """
    raise NotImplementedError
