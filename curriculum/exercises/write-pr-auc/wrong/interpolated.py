# misconception: pr-interpolated-maximum
# says: You replace each precision by the best one at any higher recall: that is interpolated precision, which never shows a dip.
# repairs: metric-choice-imbalanced-data#statement
# caught by: agrees with the staircase
import numpy as np


def average_precision(y_true, scores):
    n_pos = int(np.sum(y_true))
    if n_pos == 0:
        raise ValueError("no positive case")
    order = np.argsort(-scores, kind="stable")
    s = scores[order]
    last = np.append(s[1:] != s[:-1], True)
    hits = np.cumsum(y_true[order])[last]
    precision = hits / np.arange(1, len(s) + 1)[last]
    best_from_here = np.maximum.accumulate(precision[::-1])[::-1]
    return np.sum(np.diff(hits / n_pos, prepend=0.0) * best_from_here)
