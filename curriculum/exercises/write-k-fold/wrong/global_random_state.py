# misconception: shuffle-ignores-generator
# says: You shuffle with NumPy's global random state and not with `rng`, so the same seed gives other folds each time.
# repairs: reproducibility#statement
# caught by: the same seed gives the same folds
import numpy as np


def k_fold(n, k, rng=None):
    if not 2 <= k <= n:
        raise ValueError("k must lie between 2 and n")
    order = np.arange(n)
    if rng is not None:
        np.random.shuffle(order)
    return [(np.setdiff1d(order, test), test) for test in np.array_split(order, k)]
