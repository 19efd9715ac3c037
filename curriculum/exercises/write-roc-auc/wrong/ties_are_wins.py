# misconception: auc-ties-are-wins
# says: You count a tied pair as won, so a model that gives everybody the same score reaches an AUC of 1.
# repairs: auc-roc#statement
# caught by: a tied pair counts one half
import numpy as np


def roc_auc(y_true, scores):
    negatives = np.sort(scores[y_true == 0])
    positives = scores[y_true == 1]
    if not len(negatives) or not len(positives):
        raise ValueError("one class is missing")
    won = np.searchsorted(negatives, positives, side="right")
    return won.sum() / (len(negatives) * len(positives))
