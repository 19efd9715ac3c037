"""One singular direction after the other, from the SVD of the transposed table."""

import numpy as np


def fit(x, y):
    n, p = x.shape
    mean_x = np.sum(x, axis=0) / n
    mean_y = np.sum(y) / n
    v, s, ut = np.linalg.svd((x - mean_x).T, full_matrices=False)
    w = np.zeros(p)
    for i in range(len(s)):
        if s[i] > np.max(s) * 1e-12:
            w += v[:, i] * (np.dot(ut[i], y) / s[i])
    return w, mean_y - float(np.dot(w, mean_x))


def predict(x, w, b):
    return np.array([np.dot(row, w) for row in x]) + b
