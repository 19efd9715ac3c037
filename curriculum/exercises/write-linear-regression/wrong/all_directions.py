# misconception: zero-singular-values-inverted
# says: You divide by every singular value; one that should be zero is rounding noise, and its inverse swamps the weights.
# repairs: singular-value-decomposition#statement
# caught by: of many best fits the shortest weights are chosen
import numpy as np


def fit(x, y):
    mean_x, mean_y = x.mean(axis=0), y.mean()
    u, s, vt = np.linalg.svd(x - mean_x, full_matrices=False)
    kept = s > 0
    w = vt[kept].T @ (u[:, kept].T @ (y - mean_y) / s[kept])
    return w, float(mean_y - mean_x @ w)


def predict(x, w, b):
    return x @ w + b
