# misconception: absolute-tolerance
# says: You compare singular values with a fixed number; measured in tiny units all of them fall below it and the weights become zero.
# repairs: singular-value-decomposition#statement
# caught by: units do not matter
import numpy as np


def fit(x, y):
    mean_x, mean_y = x.mean(axis=0), y.mean()
    u, s, vt = np.linalg.svd(x - mean_x, full_matrices=False)
    kept = s > 1e-10
    w = vt[kept].T @ (u[:, kept].T @ (y - mean_y) / s[kept])
    return w, float(mean_y - mean_x @ w)


def predict(x, w, b):
    return x @ w + b
