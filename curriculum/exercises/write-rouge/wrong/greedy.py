# misconception: subsequence-greedy
# says: You match each token at its first place after the last match; an early match far away can block many later ones. Compare both choices with a table.
# repairs: text-overlap-metrics#rouge
# caught by: a subsequence is the longest
from collections import Counter


def _f1(matches, size, reference_size):
    return 2 * matches / (size + reference_size) if matches else 0.0


def _ngrams(tokens, n):
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def rouge_n(candidate, reference, n):
    ours, theirs = _ngrams(candidate, n), _ngrams(reference, n)
    return _f1((ours & theirs).total(), ours.total(), theirs.total())


def rouge_l(candidate, reference):
    length = after = 0
    for token in candidate:
        if token in reference[after:]:
            after = reference.index(token, after) + 1
            length += 1
    return _f1(length, len(candidate), len(reference))
