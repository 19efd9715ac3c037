"""Directions first for cosine; the order by lexsort on distance, then index."""

import numpy as np


def directions(x):
    size = np.linalg.norm(x, axis=1, keepdims=True)
    return np.divide(x, size, out=np.zeros_like(x), where=size > 0)


def knn_search(queries, points, k, metric="l2"):
    queries, points = np.array(queries, dtype=np.float64), np.array(points, dtype=np.float64)
    if metric == "cosine":
        queries, points = directions(queries), directions(points)
    indices, distances = [], []
    for query in queries:
        away = np.linalg.norm(points - query, axis=1) if metric == "l2" else 1 - points @ query
        order = np.lexsort((np.arange(len(points)), away))[: min(k, len(points))]
        indices.append(order)
        distances.append(away[order])
    return np.stack(indices), np.stack(distances)
