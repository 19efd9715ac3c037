# misconception: zero-denominator-ignored
# says: You divide without asking whether anything was predicted or is positive, so a detector that never fires gets NaN.
# repairs: precision-and-recall#precision
# caught by: a quotient with denominator 0 is 0
import numpy as np


def precision_recall_f1(y_true, y_pred, positive=1):
    actual, predicted = y_true == positive, y_pred == positive
    tp = np.sum(actual & predicted)
    precision = tp / np.sum(predicted)
    recall = tp / np.sum(actual)
    return precision, recall, 2 * precision * recall / (precision + recall)
