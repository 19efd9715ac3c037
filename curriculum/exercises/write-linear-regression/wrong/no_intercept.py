# misconception: intercept-forgotten
# says: You fit through the origin; data that lie around a line elsewhere force a wrong slope.
# repairs: least-squares#common-mistakes
# caught by: the fit has the smallest squared residuals
import numpy as np


def fit(x, y):
    u, s, vt = np.linalg.svd(x, full_matrices=False)
    kept = s > 1e-12 * s[0]
    w = vt[kept].T @ (u[:, kept].T @ y / s[kept])
    return w, 0.0


def predict(x, w, b):
    return x @ w + b
