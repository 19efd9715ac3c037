# misconception: thresholds-on-fixed-grid
# says: You try thresholds on a fixed grid from 0 to 1, so scores on another scale, or closer together than the grid, fall through it.
# repairs: metric-choice-imbalanced-data#statement
# caught by: only the order of the scores counts
import numpy as np


def average_precision(y_true, scores):
    n_pos = int(np.sum(y_true))
    if n_pos == 0:
        raise ValueError("no positive case")
    area = last_recall = 0.0
    for threshold in np.linspace(1.0, 0.0, 101):
        alarms = scores >= threshold
        if not alarms.any():
            continue
        hits = np.sum(y_true[alarms])
        area += (hits / n_pos - last_recall) * hits / alarms.sum()
        last_recall = hits / n_pos
    return area
