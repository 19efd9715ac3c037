# misconception: positive-class-is-one
# says: You treat class 1 as the positive one whatever `positive` says, and another choice changes all three numbers.
# repairs: precision-and-recall#f1-score
# caught by: any class can be the positive one
import numpy as np


def precision_recall_f1(y_true, y_pred, positive=1):
    tp = int(np.sum((y_true == 1) & (y_pred == 1)))
    fp = int(np.sum((y_true != 1) & (y_pred == 1)))
    fn = int(np.sum((y_true == 1) & (y_pred != 1)))
    if tp == 0:
        return 0.0, 0.0, 0.0
    return tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn)
