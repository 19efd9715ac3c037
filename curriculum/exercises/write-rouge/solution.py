"""ROUGE-N and ROUGE-L: a match count, seen from both texts."""

from collections import Counter


def _f1(matches, size, reference_size):
    """2PR / (P + R) with P = matches / size and R = matches / reference_size."""
    # P and R share the numerator, so F1 is 2 matches over both sizes together, which also holds where P = R = 0.
    return 2 * matches / (size + reference_size) if matches else 0.0


def _ngrams(tokens, n):
    """How often each n-gram occurs."""
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def rouge_n(candidate, reference, n):
    """The F1 of the shared n-grams."""
    ours, theirs = _ngrams(candidate, n), _ngrams(reference, n)
    # The intersection of two counters takes the smaller count: repeating a word earns nothing.
    return _f1((ours & theirs).total(), ours.total(), theirs.total())


def rouge_l(candidate, reference):
    """The F1 of the longest common subsequence."""
    # row[j]: the longest for the candidate's tokens so far and the first j tokens of the reference.
    row = [0] * (len(reference) + 1)
    for token in candidate:
        above, row = row, [0]
        for j, other in enumerate(reference):
            row.append(above[j] + 1 if token == other else max(above[j + 1], row[j]))
    return _f1(row[-1], len(candidate), len(reference))
