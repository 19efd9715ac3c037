# misconception: arithmetic-mean-for-f1
# says: You take the arithmetic mean of precision and recall; F1 is the harmonic mean, which the smaller of the two rules.
# repairs: precision-and-recall#statement
# caught by: agrees with the rule on all texts
from collections import Counter


def _f1(matches, size, reference_size):
    return (matches / size + matches / reference_size) / 2 if matches else 0.0


def _ngrams(tokens, n):
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def rouge_n(candidate, reference, n):
    ours, theirs = _ngrams(candidate, n), _ngrams(reference, n)
    return _f1((ours & theirs).total(), ours.total(), theirs.total())


def rouge_l(candidate, reference):
    row = [0] * (len(reference) + 1)
    for token in candidate:
        above, row = row, [0]
        for j, other in enumerate(reference):
            row.append(above[j] + 1 if token == other else max(above[j + 1], row[j]))
    return _f1(row[-1], len(candidate), len(reference))
