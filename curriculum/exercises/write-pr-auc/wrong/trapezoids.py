# misconception: pr-curve-trapezoids
# says: You join the points of the curve by straight lines, which is too optimistic: between two thresholds precision does not run along a line.
# repairs: metric-choice-imbalanced-data#common-mistakes
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
    precision = np.concatenate([[1.0], hits / np.arange(1, len(s) + 1)[last]])
    recall = np.concatenate([[0.0], hits / n_pos])
    return np.sum(np.diff(recall) * (precision[1:] + precision[:-1]) / 2)
