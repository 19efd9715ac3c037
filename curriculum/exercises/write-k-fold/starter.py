import numpy as np


def k_fold(n, k, rng=None):
    """The index splits of k-fold cross-validation.

    n: number of examples
    k: number of folds, from 2 to n
    rng: a numpy.random.Generator that shuffles the examples; None keeps them in order

    Returns a list of k pairs (train, test) of integer arrays. The first n % k test sets are one longer.
    """
    raise NotImplementedError
