import numpy as np


def roc_auc(y_true, scores):
    """Area under the ROC curve, as the share of positive-negative pairs in the right order.

    y_true: (n,) integers 0 or 1, the true class of each case
    scores: (n,) real numbers, higher means more likely positive; equal scores may occur

    Returns one number from 0 to 1. Raises ValueError if one of the classes is missing.
    """
    raise NotImplementedError
