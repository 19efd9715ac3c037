# misconception: all-thresholds-against-all-cases
# says: You compare every score with every threshold in one table, so time and memory grow with n² where a sort needs n log n.
# repairs: metric-choice-imbalanced-data#statement
# caught by: the work grows like that of a sort
import numpy as np


def average_precision(y_true, scores):
    n_pos = int(np.sum(y_true))
    if n_pos == 0:
        raise ValueError("no positive case")
    thresholds = np.unique(scores)[::-1]
    alarms = scores[None, :] >= thresholds[:, None]
    hits = np.sum(alarms * y_true, axis=1)
    return np.sum(np.diff(hits / n_pos, prepend=0.0) * hits / alarms.sum(axis=1))
