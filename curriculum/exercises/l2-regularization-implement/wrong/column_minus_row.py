# misconception: column-minus-row-broadcast
# says: You subtract y of shape (n,) from a column of shape (n, 1), which broadcasts to a table of all n² differences.
# repairs: broadcasting#failure-modes
# caught by: agrees with the definition
import numpy as np


def ridge_loss_and_gradient(X, y, w, b, lam):
    r = X @ w.reshape(-1, 1) + b - y
    loss = np.mean(r**2) / 2 + lam / 2 * np.sum(w**2)
    return loss, X.T @ r.mean(axis=1) / len(y) + lam * w, np.mean(r)
