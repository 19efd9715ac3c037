# misconception: sorts-scores-ascending
# says: You sort the scores upwards, so the walk begins with the cases the model thinks least likely.
# repairs: metric-choice-imbalanced-data#statement
# caught by: a perfect ranking has average precision 1
import numpy as np


def average_precision(y_true, scores):
    n_pos = int(np.sum(y_true))
    if n_pos == 0:
        raise ValueError("no positive case")
    order = np.argsort(scores, kind="stable")
    s = scores[order]
    last = np.append(s[1:] != s[:-1], True)
    hits = np.cumsum(y_true[order])[last]
    precision = hits / np.arange(1, len(s) + 1)[last]
    return np.sum(np.diff(hits / n_pos, prepend=0.0) * precision)
