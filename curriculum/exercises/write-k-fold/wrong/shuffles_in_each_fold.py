# misconception: shuffle-in-each-fold
# says: You draw a new permutation for each fold, so the test sets overlap: some examples are tested twice and others never.
# repairs: cross-validation#intuition
# caught by: shuffled test sets share no index
import numpy as np


def k_fold(n, k, rng=None):
    if not 2 <= k <= n:
        raise ValueError("k must lie between 2 and n")
    base, extra = divmod(n, k)
    folds, start = [], 0
    for i in range(k):
        order = np.arange(n) if rng is None else rng.permutation(n)
        stop = start + base + (1 if i < extra else 0)
        folds.append((np.concatenate([order[:start], order[stop:]]), order[start:stop]))
        start = stop
    return folds
