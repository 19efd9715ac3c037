# misconception: cosine-of-a-zero-vector
# says: You divide by the length of a zero vector; the distance is NaN, and NaN is sorted behind everything.
# repairs: k-nearest-neighbors#distance-metrics-knn
# caught by: zero vectors have cosine distance 1
import numpy as np


def lengths(x):
    found = np.sqrt((x**2).sum(axis=1))
    return found


def knn_search(queries, points, k, metric="l2"):
    queries, points = np.asarray(queries, dtype=float), np.asarray(points, dtype=float)
    if metric == "l2":
        distances = np.sqrt(((queries[:, None] - points) ** 2).sum(axis=2))
    else:
        distances = 1 - queries @ points.T / (lengths(queries)[:, None] * lengths(points))
    indices = np.argsort(distances, axis=1, kind="stable")[:, :k]
    return indices, np.take_along_axis(distances, indices, axis=1)
