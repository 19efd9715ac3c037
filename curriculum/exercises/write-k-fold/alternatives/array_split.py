"""Lets `array_split` deal out the remainder, and finds the training set as a difference of sets."""

import numpy as np


def k_fold(n, k, rng=None):
    if k < 2 or k > n:
        raise ValueError("k must be at least 2 and at most n")
    order = np.arange(n)
    if rng is not None:
        rng.shuffle(order)
    return [(np.setdiff1d(order, test), test) for test in np.array_split(order, k)]
