import numpy as np


def precision_recall_f1(y_true, y_pred, positive=1):
    """Precision, recall and F1 of one class.

    y_true: (n,) integers, the true class of each case
    y_pred: (n,) integers, the predicted class of each case
    positive: the class that counts as positive; all others are negative

    Returns (precision, recall, f1), each between 0 and 1. A quotient with denominator 0 is 0.0.
    """
    raise NotImplementedError
