"""Builds the whole confusion matrix and reads a row and a column of it."""

import numpy as np


def precision_recall_f1(y_true, y_pred, positive=1):
    classes, codes = np.unique(np.concatenate([y_true, y_pred, [positive]]), return_inverse=True)
    k, n = len(classes), len(y_true)
    confusion = np.zeros((k, k))
    np.add.at(confusion, (codes[:n], codes[n : 2 * n]), 1)
    c = int(codes[-1])
    hits, truth, guesses = confusion[c, c], confusion[c, :].sum(), confusion[:, c].sum()

    def share(part, whole):
        return np.divide(part, whole) if whole > 0 else np.float64(0.0)

    return share(hits, guesses), share(hits, truth), share(2 * hits, guesses + truth)
