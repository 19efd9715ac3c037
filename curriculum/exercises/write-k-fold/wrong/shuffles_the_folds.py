# misconception: shuffle-whole-folds
# says: You shuffle the folds and not the examples, so neighbours in the data still share a fold.
# repairs: data-splitting#test-set
# caught by: the shuffle parts neighbours
import numpy as np


def k_fold(n, k, rng=None):
    if not 2 <= k <= n:
        raise ValueError("k must lie between 2 and n")
    parts = np.array_split(np.arange(n), k)
    if rng is not None:
        extra = n % k
        moved = rng.permutation(k)
        # the longer parts stay in front
        moved = sorted(moved, key=lambda i: i >= extra)
        parts = [parts[i] for i in moved]
    return [(np.concatenate(parts[:i] + parts[i + 1 :]), parts[i]) for i in range(k)]
