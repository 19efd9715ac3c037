# misconception: precision-recall-swapped
# says: You divide by the true cases for precision and by the alarms for recall: the two are exchanged.
# repairs: precision-and-recall#common-mistakes
# caught by: agrees with the counts
import numpy as np


def precision_recall_f1(y_true, y_pred, positive=1):
    actual, predicted = y_true == positive, y_pred == positive
    tp = int(np.sum(actual & predicted))
    fp = int(np.sum(~actual & predicted))
    fn = int(np.sum(actual & ~predicted))
    if tp == 0:
        return 0.0, 0.0, 0.0
    return tp / (tp + fn), tp / (tp + fp), 2 * tp / (2 * tp + fp + fn)
