# misconception: l2-norm-not-squared
# says: You penalise the norm ‖w‖ and not its square, so the pull does not fade as the weights become small.
# repairs: regularization#l2-regularization
# caught by: the price is half of lambda times the squared norm
import numpy as np


def ridge_loss_and_gradient(X, y, w, b, lam):
    n = len(y)
    r = X @ w + b - y
    norm = np.sqrt(w @ w)
    direction = w / norm if norm > 0 else np.zeros_like(w)
    return r @ r / (2 * n) + lam / 2 * norm, X.T @ r / n + lam / 2 * direction, r.mean()
