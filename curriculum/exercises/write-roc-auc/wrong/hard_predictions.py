# misconception: auc-of-hard-predictions
# says: You turn the scores into 0/1 predictions first: that is the balanced accuracy at one threshold, not the area over all of them.
# repairs: auc-roc#common-mistakes
# caught by: only the order of the scores counts
import numpy as np


def roc_auc(y_true, scores):
    positive = y_true == 1
    if positive.all() or not positive.any():
        raise ValueError("one class is missing")
    predicted = scores > 0.5
    tpr = np.mean(predicted[positive])
    fpr = np.mean(predicted[~positive])
    return (1 + tpr - fpr) / 2
