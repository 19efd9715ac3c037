# misconception: unique-solution-assumed
# says: You assume that the columns are independent; when they repeat each other the triangular system is singular.
# repairs: least-squares#failure-modes
# caught by: of many best fits the shortest weights are chosen
import numpy as np


def fit(x, y):
    mean_x, mean_y = x.mean(axis=0), y.mean()
    q, r = np.linalg.qr(x - mean_x)
    w = np.linalg.solve(r, q.T @ (y - mean_y))
    return w, float(mean_y - mean_x @ w)


def predict(x, w, b):
    return x @ w + b
