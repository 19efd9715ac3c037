import numpy as np


def average_precision(y_true, scores):
    n_pos = int(np.sum(y_true))
    if n_pos == 0:
        raise ValueError("average precision needs at least one positive case")

    # From the highest score down: with the threshold at place i, the first i + 1 cases are alarms.
    order = np.argsort(-scores)
    sorted_scores = scores[order]
    hits = np.cumsum(y_true[order])
    alarms = np.arange(1, len(scores) + 1)

    # A threshold cannot lie between equal scores. Only the last place of each group is a point of the curve.
    last = np.append(sorted_scores[1:] != sorted_scores[:-1], True)
    precision = hits[last] / alarms[last]
    recall = hits[last] / n_pos
    return np.sum(np.diff(recall, prepend=0.0) * precision)
