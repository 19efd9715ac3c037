# misconception: agreement-is-true-positive
# says: You count every agreement as a true positive, but agreement on a negative is a true negative and enters none of the three numbers.
# repairs: precision-and-recall#statement
# caught by: agrees with the counts
import numpy as np


def precision_recall_f1(y_true, y_pred, positive=1):
    agree = y_true == y_pred
    tp = int(np.sum(agree))
    fp = int(np.sum(~agree & (y_pred == positive)))
    fn = int(np.sum(~agree & (y_true == positive)))
    if tp == 0:
        return 0.0, 0.0, 0.0
    return tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn)
