# misconception: order-ignored
# says: You count shared words without regard to order; a common subsequence has the same order in both texts.
# repairs: text-overlap-metrics#rouge
# caught by: a subsequence keeps the order
from collections import Counter


def _f1(matches, size, reference_size):
    return 2 * matches / (size + reference_size) if matches else 0.0


def _ngrams(tokens, n):
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def rouge_n(candidate, reference, n):
    ours, theirs = _ngrams(candidate, n), _ngrams(reference, n)
    return _f1((ours & theirs).total(), ours.total(), theirs.total())


def rouge_l(candidate, reference):
    return _f1((Counter(candidate) & Counter(reference)).total(), len(candidate), len(reference))
