"""Gives each example the number of its fold, sorted by random keys, and selects with masks."""

import numpy as np


def k_fold(n, k, rng=None):
    if not (2 <= k <= n):
        raise ValueError((n, k))
    fold_of_place = np.sort(np.arange(n) % k)
    fold = np.empty(n, dtype=int)
    places = np.argsort(rng.random(n)) if rng is not None else np.arange(n)
    fold[places] = fold_of_place
    return [(np.flatnonzero(fold != i)[::-1], np.flatnonzero(fold == i)) for i in range(k)]
