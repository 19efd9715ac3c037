# misconception: auc-ties-by-position
# says: You give tied cases different ranks in the order of the array, so the AUC changes when the rows are shuffled.
# repairs: auc-roc#statement
# caught by: a tied pair counts one half
import numpy as np


def roc_auc(y_true, scores):
    n_pos = int(np.sum(y_true))
    n_neg = len(y_true) - n_pos
    if n_pos == 0 or n_neg == 0:
        raise ValueError("one class is missing")
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return (ranks[y_true == 1].sum() - n_pos * (n_pos + 1) / 2) / (n_pos * n_neg)
