# misconception: differences-of-unsigned-integers
# says: You subtract in the dtype of the input; in uint8 10 - 200 is 66, so far points look near.
# repairs: k-nearest-neighbors#failure-modes
# caught by: integers and lists are taken
import numpy as np


def lengths(x):
    found = np.sqrt((x**2).sum(axis=1))
    return np.where(found == 0, 1, found)


def knn_search(queries, points, k, metric="l2"):
    queries, points = np.asarray(queries), np.asarray(points)
    if metric == "l2":
        distances = np.sqrt(((queries[:, None] - points) ** 2).sum(axis=2))
    else:
        distances = 1 - queries @ points.T / (lengths(queries)[:, None] * lengths(points))
    indices = np.argsort(distances, axis=1, kind="stable")[:, :k]
    return indices, np.take_along_axis(distances, indices, axis=1)
