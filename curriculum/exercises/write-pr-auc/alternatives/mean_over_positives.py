"""The mean, over the positives, of the precision at each one's own score: by binary search, without a curve."""

import numpy as np


def average_precision(y_true, scores):
    positives = scores[y_true == 1]
    if positives.size == 0:
        raise ValueError("no positive case")
    everybody, hits = np.sort(scores), np.sort(positives)
    alarms_at = len(everybody) - np.searchsorted(everybody, positives, side="left")
    hits_at = len(hits) - np.searchsorted(hits, positives, side="left")
    return float(np.mean(hits_at / alarms_at))
