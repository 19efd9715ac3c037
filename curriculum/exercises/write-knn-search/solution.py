"""Exact search for nearest neighbours, by comparing with all points."""

import numpy as np


def lengths(x):
    """The length of each row, 1 for a row of zeros, which then has inner product 0 with everything."""
    found = np.sqrt((x**2).sum(axis=1))
    return np.where(found == 0, 1, found)


def knn_search(queries, points, k, metric="l2"):
    # Floats first: differences of unsigned integers wrap round.
    queries, points = np.asarray(queries, dtype=float), np.asarray(points, dtype=float)
    if metric == "l2":
        # Differences, not |q|^2 - 2 q.p + |p|^2: far from the origin that is a small number from huge ones.
        distances = np.sqrt(((queries[:, None] - points) ** 2).sum(axis=2))
    else:
        distances = 1 - queries @ points.T / (lengths(queries)[:, None] * lengths(points))
    # A stable sort leaves equal distances in the order of their indices. A slice may ask for too much.
    indices = np.argsort(distances, axis=1, kind="stable")[:, :k]
    return indices, np.take_along_axis(distances, indices, axis=1)
