# misconception: l2-by-expanded-square
# says: You expand the square; far from the origin a small distance is then the difference of huge numbers, and its digits are lost.
# repairs: floating-point-precision#failure-modes
# caught by: data far from the origin keep their distances
import numpy as np


def lengths(x):
    found = np.sqrt((x**2).sum(axis=1))
    return np.where(found == 0, 1, found)


def knn_search(queries, points, k, metric="l2"):
    queries, points = np.asarray(queries, dtype=float), np.asarray(points, dtype=float)
    if metric == "l2":
        distances = np.sqrt(np.maximum((queries**2).sum(axis=1)[:, None] - 2 * queries @ points.T + (points**2).sum(axis=1), 0))
    else:
        distances = 1 - queries @ points.T / (lengths(queries)[:, None] * lengths(points))
    indices = np.argsort(distances, axis=1, kind="stable")[:, :k]
    return indices, np.take_along_axis(distances, indices, axis=1)
