# misconception: auc-table-of-pairs
# says: You compare every positive with every negative in one table, so memory and time grow with n² where a sort needs n log n.
# repairs: auc-roc#statement
# caught by: the work grows like that of a sort
import numpy as np


def roc_auc(y_true, scores):
    positives, negatives = scores[y_true == 1], scores[y_true == 0]
    if not len(negatives) or not len(positives):
        raise ValueError("one class is missing")
    difference = positives[:, None] - negatives[None, :]
    return float(np.mean((difference > 0) + 0.5 * (difference == 0)))
