# misconception: ranks-from-zero
# says: You count ranks from 0 but subtract n₊(n₊ + 1)/2, which belongs to ranks that start at 1.
# repairs: auc-roc#derivation
# caught by: a perfect ranking has AUC 1
import numpy as np


def roc_auc(y_true, scores):
    positive = y_true == 1
    n_pos, n_neg = int(positive.sum()), int((~positive).sum())
    if n_pos == 0 or n_neg == 0:
        raise ValueError("one class is missing")
    ordered = np.sort(scores)
    first = np.searchsorted(ordered, scores, side="left")
    last = np.searchsorted(ordered, scores, side="right") - 1
    ranks = (first + last) / 2
    return (ranks[positive].sum() - n_pos * (n_pos + 1) / 2) / (n_pos * n_neg)
