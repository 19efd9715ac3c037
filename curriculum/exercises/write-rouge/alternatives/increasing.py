"""A common subsequence is an increasing run of matching positions, found by bisection (Hunt and Szymanski)."""

from bisect import bisect_left

import numpy as np


def _score(m, a, b):
    return 2 * m / (a + b) if a + b else 0.0


def rouge_n(candidate, reference, n):
    ours = [tuple(candidate[i : i + n]) for i in range(len(candidate) - n + 1)]
    theirs = [tuple(reference[i : i + n]) for i in range(len(reference) - n + 1)]
    return _score(sum(min(ours.count(g), theirs.count(g)) for g in set(ours)), len(ours), len(theirs))


def rouge_l(candidate, reference):
    places = {}
    for j, token in enumerate(reference):
        places.setdefault(token, []).insert(0, j)
    ends = []
    for token in candidate:
        for j in places.get(token, []):
            at = bisect_left(ends, j)
            ends[at : at + 1] = [j]
    return np.float64(_score(len(ends), len(candidate), len(reference)))
