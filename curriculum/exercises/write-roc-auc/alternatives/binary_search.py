"""For each positive: how many negatives lie strictly below, and how many at or below?"""

import numpy as np


def roc_auc(y_true, scores):
    negatives = np.sort(scores[y_true == 0])
    positives = scores[y_true == 1]
    if not len(negatives) or not len(positives):
        raise ValueError("one class is missing")
    below = np.searchsorted(negatives, positives, side="left")
    not_above = np.searchsorted(negatives, positives, side="right")
    return float(np.mean((below + not_above) / 2) / len(negatives))
