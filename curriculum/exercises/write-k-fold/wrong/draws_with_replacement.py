# misconception: folds-with-replacement
# says: You draw the indices with replacement: that is a bootstrap sample, and in k-fold every index has exactly one place.
# repairs: cross-validation#statement
# caught by: shuffled test sets share no index
import numpy as np


def k_fold(n, k, rng=None):
    if not 2 <= k <= n:
        raise ValueError("k must lie between 2 and n")
    order = np.arange(n) if rng is None else rng.choice(n, size=n)
    return [(np.setdiff1d(np.arange(n), test), test) for test in np.array_split(order, k)]
