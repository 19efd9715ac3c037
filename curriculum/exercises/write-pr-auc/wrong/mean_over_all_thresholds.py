# misconception: ap-mean-over-all-thresholds
# says: You average the precision over all thresholds, also over those where recall does not rise, so every negative adds a term.
# repairs: metric-choice-imbalanced-data#statement
# caught by: a perfect ranking has average precision 1
import numpy as np


def average_precision(y_true, scores):
    if not np.any(y_true == 1):
        raise ValueError("no positive case")
    order = np.argsort(-scores, kind="stable")
    s = scores[order]
    last = np.append(s[1:] != s[:-1], True)
    precision = (np.cumsum(y_true[order]) / np.arange(1, len(s) + 1))[last]
    return precision.mean()
