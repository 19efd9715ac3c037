# misconception: cosine-without-lengths
# says: You take the inner product as the cosine; long points then look near whatever their direction.
# repairs: k-nearest-neighbors#distance-metrics-knn
# caught by: cosine ignores length
import numpy as np


def lengths(x):
    found = np.sqrt((x**2).sum(axis=1))
    return np.where(found == 0, 1, found)


def knn_search(queries, points, k, metric="l2"):
    queries, points = np.asarray(queries, dtype=float), np.asarray(points, dtype=float)
    if metric == "l2":
        distances = np.sqrt(((queries[:, None] - points) ** 2).sum(axis=2))
    else:
        distances = 1 - queries @ points.T
    indices = np.argsort(distances, axis=1, kind="stable")[:, :k]
    return indices, np.take_along_axis(distances, indices, axis=1)
