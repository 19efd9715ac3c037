# misconception: batch-statistics-in-forward
# says: You centre the inputs with the mean of the batch, so the output of one example depends on the others.
# repairs: forward-propagation#failure-modes
# caught by: rows do not mix
import numpy as np


def forward(X, W1, b1, W2, b2):
    X = X - X.mean(axis=0) if len(X) > 1 else X
    z1 = X @ W1.T + b1
    a1 = np.maximum(z1, 0.0)
    return z1, a1, a1 @ W2.T + b2
