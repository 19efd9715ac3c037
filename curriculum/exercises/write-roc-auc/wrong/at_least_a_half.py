# misconception: auc-never-below-half
# says: You return 1 − AUC when the AUC is below one half, but a ranking that is worse than chance is real news and must show.
# repairs: auc-roc#statement
# caught by: reversed scores give 1 - AUC
import numpy as np


def roc_auc(y_true, scores):
    negatives = np.sort(scores[y_true == 0])
    positives = scores[y_true == 1]
    if not len(negatives) or not len(positives):
        raise ValueError("one class is missing")
    below = np.searchsorted(negatives, positives, side="left")
    not_above = np.searchsorted(negatives, positives, side="right")
    area = (below + not_above).sum() / 2 / (len(negatives) * len(positives))
    return max(area, 1 - area)
