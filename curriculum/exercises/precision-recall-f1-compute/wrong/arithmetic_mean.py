# misconception: f1-arithmetic-mean
# says: You average precision and recall, but F1 is their harmonic mean, which stays near the smaller one.
# repairs: precision-and-recall#f1-score
# caught by: F1 stays near the smaller of the two
import numpy as np


def precision_recall_f1(y_true, y_pred, positive=1):
    actual, predicted = y_true == positive, y_pred == positive
    tp = int(np.sum(actual & predicted))
    alarms, cases = int(np.sum(predicted)), int(np.sum(actual))
    precision = tp / alarms if alarms else 0.0
    recall = tp / cases if cases else 0.0
    return precision, recall, (precision + recall) / 2
