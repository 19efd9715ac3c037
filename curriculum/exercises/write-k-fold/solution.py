import numpy as np


def k_fold(n, k, rng=None):
    if not 2 <= k <= n:
        raise ValueError(f"k must lie between 2 and n = {n}, not be {k}")

    # One order for all folds. Shuffling anew in each fold would let the test sets overlap.
    order = np.arange(n) if rng is None else rng.permutation(n)

    # The remainder goes to the first folds, one each: no index is lost, and no fold is much larger.
    base, extra = divmod(n, k)
    folds = []
    start = 0
    for i in range(k):
        stop = start + base + (i < extra)
        train = np.concatenate([order[:start], order[stop:]])
        folds.append((train, order[start:stop]))
        start = stop
    return folds
