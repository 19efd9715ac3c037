# misconception: nearest-not-in-order
# says: You pick the right points but return them in the order of their indices; the contract asks for the nearest first.
# repairs: k-nearest-neighbors#statement
# caught by: the nearest come first
import numpy as np


def lengths(x):
    found = np.sqrt((x**2).sum(axis=1))
    return np.where(found == 0, 1, found)


def knn_search(queries, points, k, metric="l2"):
    queries, points = np.asarray(queries, dtype=float), np.asarray(points, dtype=float)
    if metric == "l2":
        distances = np.sqrt(((queries[:, None] - points) ** 2).sum(axis=2))
    else:
        distances = 1 - queries @ points.T / (lengths(queries)[:, None] * lengths(points))
    indices = np.sort(np.argsort(distances, axis=1, kind="stable")[:, :k], axis=1)
    return indices, np.take_along_axis(distances, indices, axis=1)
