# misconception: remainder-dropped
# says: You cut folds of n // k and leave out the rest, so up to k − 1 examples are never tested.
# repairs: cross-validation#statement
# caught by: every index is tested once
import numpy as np


def k_fold(n, k, rng=None):
    if not 2 <= k <= n:
        raise ValueError("k must lie between 2 and n")
    order = np.arange(n) if rng is None else rng.permutation(n)
    size = n // k
    folds = []
    for i in range(k):
        test = order[i * size : (i + 1) * size]
        folds.append((np.concatenate([order[: i * size], order[(i + 1) * size :]]), test))
    return folds
