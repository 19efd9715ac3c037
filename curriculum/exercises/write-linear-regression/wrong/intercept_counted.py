# misconception: intercept-in-the-norm
# says: You add a column of ones and shorten weights and intercept together; the shortest pair is another solution than the shortest weights.
# repairs: least-squares#statement
# caught by: of many best fits the shortest weights are chosen
import numpy as np


def fit(x, y):
    design = np.column_stack([np.ones(len(x)), x])
    u, s, vt = np.linalg.svd(design, full_matrices=False)
    kept = s > 1e-12 * s[0]
    both = vt[kept].T @ (u[:, kept].T @ y / s[kept])
    return both[1:], float(both[0])


def predict(x, w, b):
    return x @ w + b
