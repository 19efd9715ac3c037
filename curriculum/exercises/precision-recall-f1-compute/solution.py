import numpy as np


def precision_recall_f1(y_true, y_pred, positive=1):
    # Two yes-or-no questions about each case; the names of the other classes no longer matter.
    actual = y_true == positive
    predicted = y_pred == positive

    tp = int(np.sum(actual & predicted))
    fp = int(np.sum(~actual & predicted))
    fn = int(np.sum(actual & ~predicted))

    # All three have the numerator TP up to a factor, so with TP = 0 the value is 0 whether or not the
    # denominator is 0, and with TP > 0 no denominator can be 0.
    if tp == 0:
        return 0.0, 0.0, 0.0
    return tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn)
