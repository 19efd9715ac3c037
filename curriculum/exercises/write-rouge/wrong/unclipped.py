# misconception: counts-not-clipped
# says: You count every candidate n-gram that occurs in the reference; a candidate that repeats one right word then gets full precision.
# repairs: text-overlap-metrics#statement
# caught by: an n-gram counts as often as in both
from collections import Counter


def _f1(matches, size, reference_size):
    return 2 * matches / (size + reference_size) if matches else 0.0


def _ngrams(tokens, n):
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def rouge_n(candidate, reference, n):
    ours, theirs = _ngrams(candidate, n), _ngrams(reference, n)
    return _f1(sum(count for gram, count in ours.items() if gram in theirs), ours.total(), theirs.total())


def rouge_l(candidate, reference):
    row = [0] * (len(reference) + 1)
    for token in candidate:
        above, row = row, [0]
        for j, other in enumerate(reference):
            row.append(above[j] + 1 if token == other else max(above[j + 1], row[j]))
    return _f1(row[-1], len(candidate), len(reference))
