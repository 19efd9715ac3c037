# misconception: substring-for-subsequence
# says: You measure the longest common run without gaps; a subsequence may skip tokens in both texts.
# repairs: text-overlap-metrics#rouge
# caught by: a subsequence may have gaps
from collections import Counter


def _f1(matches, size, reference_size):
    return 2 * matches / (size + reference_size) if matches else 0.0


def _ngrams(tokens, n):
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def rouge_n(candidate, reference, n):
    ours, theirs = _ngrams(candidate, n), _ngrams(reference, n)
    return _f1((ours & theirs).total(), ours.total(), theirs.total())


def rouge_l(candidate, reference):
    row, longest = [0] * (len(reference) + 1), 0
    for token in candidate:
        above, row = row, [0]
        for j, other in enumerate(reference):
            row.append(above[j] + 1 if token == other else 0)
        longest = max(longest, *row)
    return _f1(longest, len(candidate), len(reference))
