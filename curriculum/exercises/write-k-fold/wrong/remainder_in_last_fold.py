# misconception: remainder-in-last-fold
# says: You put the whole remainder into the last fold, which can nearly double it; spread it, one index to each of the first folds.
# repairs: cross-validation#statement
# caught by: the folds are nearly equal, the longer ones first
import numpy as np


def k_fold(n, k, rng=None):
    if not 2 <= k <= n:
        raise ValueError("k must lie between 2 and n")
    order = np.arange(n) if rng is None else rng.permutation(n)
    size = n // k
    folds = []
    for i in range(k):
        start, stop = i * size, n if i == k - 1 else (i + 1) * size
        folds.append((np.concatenate([order[:start], order[stop:]]), order[start:stop]))
    return folds
