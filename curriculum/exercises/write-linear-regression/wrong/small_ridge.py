# misconception: ridge-for-safety
# says: You add a small penalty to make the problem solvable; the answer is then near the least-squares fit but not it, and it depends on the units.
# repairs: least-squares#failure-modes
# caught by: units do not matter
import numpy as np


def fit(x, y):
    mean_x, mean_y = x.mean(axis=0), y.mean()
    u, s, vt = np.linalg.svd(x - mean_x, full_matrices=False)
    w = vt.T @ (u.T @ (y - mean_y) * s / (s**2 + 1e-12))
    return w, float(mean_y - mean_x @ w)


def predict(x, w, b):
    return x @ w + b
