# misconception: l2-without-root
# says: You return squared distances; the order is the same, but the numbers are not the Euclidean distances.
# repairs: k-nearest-neighbors#distance-metrics-knn
# caught by: the distances are right
import numpy as np


def lengths(x):
    found = np.sqrt((x**2).sum(axis=1))
    return np.where(found == 0, 1, found)


def knn_search(queries, points, k, metric="l2"):
    queries, points = np.asarray(queries, dtype=float), np.asarray(points, dtype=float)
    if metric == "l2":
        distances = ((queries[:, None] - points) ** 2).sum(axis=2)
    else:
        distances = 1 - queries @ points.T / (lengths(queries)[:, None] * lengths(points))
    indices = np.argsort(distances, axis=1, kind="stable")[:, :k]
    return indices, np.take_along_axis(distances, indices, axis=1)
