# misconception: pr-ties-by-position
# says: You walk through tied cases one by one, so their order in the array changes the result; equal scores share one threshold.
# repairs: metric-choice-imbalanced-data#statement
# caught by: equal scores share one threshold
import numpy as np


def average_precision(y_true, scores):
    if not np.any(y_true == 1):
        raise ValueError("no positive case")
    y = y_true[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(y) / np.arange(1, len(y) + 1)
    return precision[y == 1].mean()
