# misconception: ngrams-as-sets
# says: You compare sets of n-grams, so repetitions vanish; an n-gram that occurs twice in both texts counts twice.
# repairs: text-overlap-metrics#statement
# caught by: an n-gram counts as often as in both
from collections import Counter


def _f1(matches, size, reference_size):
    return 2 * matches / (size + reference_size) if matches else 0.0


def _ngrams(tokens, n):
    return Counter({tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)})


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
