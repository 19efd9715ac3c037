"""One pass over the sentences, explicit dictionaries, and the root of the product instead of logarithms."""

import math


def _count(tokens, n):
    found = {}
    for start in range(len(tokens)):
        gram = tuple(tokens[start : start + n])
        if len(gram) == n:
            found[gram] = found.get(gram, 0) + 1
    return found


def corpus_bleu(candidates, references, max_n=4):
    matches, totals = [0] * max_n, [0] * max_n
    length = wanted = 0
    for i, candidate in enumerate(candidates):
        length += len(candidate)
        lengths = sorted(len(r) for r in references[i])
        wanted += min(lengths, key=lambda size: abs(size - len(candidate)))
        for n in range(1, max_n + 1):
            tables = [_count(r, n) for r in references[i]]
            for gram, times in _count(candidate, n).items():
                matches[n - 1] += min(times, max(t.get(gram, 0) for t in tables))
                totals[n - 1] += times
    if not all(matches):
        return 0.0
    product = 1.0
    for hit, total in zip(matches, totals):
        product *= hit / total
    score = product ** (1 / max_n)
    return score if length > wanted else score * math.exp(1 - wanted / length)
