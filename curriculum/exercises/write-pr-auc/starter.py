import numpy as np


def average_precision(y_true, scores):
    """Average precision: the precision-recall curve summed as a staircase.

    y_true: (n,) integers 0 or 1, the true class of each case
    scores: (n,) real numbers, higher means more likely positive; equal scores share one threshold

    Returns one number from 0 to 1. Raises ValueError if no case is positive.
    """
    raise NotImplementedError
