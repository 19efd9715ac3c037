# misconception: test-fold-in-training
# says: You return all indices for training, the test fold among them, so each model is tested on examples it has seen.
# repairs: data-leakage#statement
# caught by: train and test are apart and together complete
import numpy as np


def k_fold(n, k, rng=None):
    if not 2 <= k <= n:
        raise ValueError("k must lie between 2 and n")
    order = np.arange(n) if rng is None else rng.permutation(n)
    return [(order.copy(), test) for test in np.array_split(order, k)]
