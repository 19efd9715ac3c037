import numpy as np


def knn_search(queries, points, k, metric="l2"):
    """The k nearest points of each query, by comparing with all.

    queries: shape (m, d)
    points: shape (n, d)
    k: how many neighbours, at least 1, may be larger than n
    metric: "l2" or "cosine"

    Returns (indices, distances), both of shape (m, min(k, n)), nearest first, ties by index.
    """
    raise NotImplementedError
