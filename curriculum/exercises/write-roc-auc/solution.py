import numpy as np


def roc_auc(y_true, scores):
    positive = y_true == 1
    n_pos = int(np.sum(positive))
    n_neg = len(y_true) - n_pos
    if n_pos == 0 or n_neg == 0:
        raise ValueError("AUC needs at least one positive and one negative case")

    # One sort. Equal scores form a group; a group of `count` cases fills the ranks end - count + 1 to end,
    # and each of its members gets their mean, so that a tied pair will count one half.
    _, group, count = np.unique(scores, return_inverse=True, return_counts=True)
    end = np.cumsum(count)
    mean_rank = end - (count - 1) / 2

    # The rank of a positive is the number of cases at or below it. The positives among those, itself
    # included, add up to 1 + 2 + ... + n_pos; what is left are pairs with a negative.
    rank_sum = np.sum(mean_rank[group[positive]])
    return (rank_sum - n_pos * (n_pos + 1) / 2) / (n_pos * n_neg)
