# misconception: precision-counts-true-negatives
# says: You divide the hits by all cases that are predicted positive or truly negative: true negatives belong to accuracy, not to precision.
# repairs: precision-and-recall#precision
# caught by: true negatives do not count
import numpy as np


def precision_recall_f1(y_true, y_pred, positive=1):
    actual, predicted = y_true == positive, y_pred == positive
    tp = int(np.sum(actual & predicted))
    negatives = int(np.sum(~actual))
    misses = int(np.sum(actual & ~predicted))
    if tp == 0:
        return 0.0, 0.0, 0.0
    precision = tp / (tp + negatives)
    recall = tp / (tp + misses)
    return precision, recall, 2 * precision * recall / (precision + recall)
