# misconception: pr-precision-before-rise
# says: You multiply each rise of recall by the precision at the threshold before it, not at the one where it is reached.
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
    before = np.concatenate([[1.0], precision[:-1]])
    return np.sum(np.diff(hits / n_pos, prepend=0.0) * before)
