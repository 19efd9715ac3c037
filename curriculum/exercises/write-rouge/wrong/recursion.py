# misconception: recursion-without-table
# says: You recurse into both choices and solve the same pairs of prefixes again and again; that takes exponential time. Fill a table.
# repairs: algorithmic-complexity#statement
# caught by: the longest subsequence costs O(mn)
from collections import Counter


def _f1(matches, size, reference_size):
    return 2 * matches / (size + reference_size) if matches else 0.0


def _ngrams(tokens, n):
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def rouge_n(candidate, reference, n):
    ours, theirs = _ngrams(candidate, n), _ngrams(reference, n)
    return _f1((ours & theirs).total(), ours.total(), theirs.total())


def rouge_l(candidate, reference):
    def longest(i, j):
        if i == 0 or j == 0:
            return 0
        if candidate[i - 1] == reference[j - 1]:
            return 1 + longest(i - 1, j - 1)
        return max(longest(i - 1, j), longest(i, j - 1))

    return _f1(longest(len(candidate), len(reference)), len(candidate), len(reference))
