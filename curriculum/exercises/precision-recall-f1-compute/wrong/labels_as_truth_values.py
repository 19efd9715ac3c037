# misconception: nonzero-label-is-positive
# says: You use the labels as truth values, so every class but 0 counts as positive.
# repairs: precision-and-recall#f1-score
# caught by: all other classes are negative
import numpy as np


def precision_recall_f1(y_true, y_pred, positive=1):
    if positive == 0:
        y_true, y_pred = 1 - y_true.astype(bool), 1 - y_pred.astype(bool)
    tp = int(np.sum(np.logical_and(y_true, y_pred)))
    fp = int(np.sum(np.logical_and(np.logical_not(y_true), y_pred)))
    fn = int(np.sum(np.logical_and(y_true, np.logical_not(y_pred))))
    if tp == 0:
        return 0.0, 0.0, 0.0
    return tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn)
