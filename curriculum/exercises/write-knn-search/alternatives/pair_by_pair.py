"""One pair at a time; tuples of distance and index sort as the tie rule asks."""

import math

import numpy as np


def distance(q, p, metric):
    if metric == "l2":
        return math.dist(q, p)
    size = math.hypot(*q) * math.hypot(*p)
    return 1 - sum(a * b for a, b in zip(q, p)) / size if size else 1.0


def knn_search(queries, points, k, metric="l2"):
    points = [[float(v) for v in p] for p in points]
    found = []
    for query in queries:
        query = [float(v) for v in query]
        found.append(sorted((distance(query, p, metric), i) for i, p in enumerate(points))[:k])
    return np.array([[i for _, i in row] for row in found]), np.array([[far for far, _ in row] for row in found])
