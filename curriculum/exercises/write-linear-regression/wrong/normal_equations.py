# misconception: gram-matrix-formed
# says: You solve with the matrix of the normal equations; its condition number is the square of that of the data, and half of the digits go.
# repairs: least-squares#failure-modes
# caught by: nearly dependent columns keep their weights
import numpy as np


def fit(x, y):
    mean_x, mean_y = x.mean(axis=0), y.mean()
    centred = x - mean_x
    values, vectors = np.linalg.eigh(centred.T @ centred)
    kept = values > 1e-15 * values[-1]
    target = vectors.T @ (centred.T @ (y - mean_y))
    w = vectors[:, kept] @ (target[kept] / values[kept])
    return w, float(mean_y - mean_x @ w)


def predict(x, w, b):
    return x @ w + b
