# misconception: auc-of-one-class
# says: You return 0.5 when a class is missing, but without a pair there is nothing to rank and the AUC is undefined.
# repairs: auc-roc#statement
# caught by: a missing class is an error
import numpy as np


def roc_auc(y_true, scores):
    negatives = np.sort(scores[y_true == 0])
    positives = scores[y_true == 1]
    if not len(negatives) or not len(positives):
        return 0.5
    below = np.searchsorted(negatives, positives, side="left")
    not_above = np.searchsorted(negatives, positives, side="right")
    return (below + not_above).sum() / 2 / (len(negatives) * len(positives))
