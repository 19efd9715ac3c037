"""Corpus BLEU: count over the whole corpus, divide once."""

import math
from collections import Counter


def _ngrams(tokens, n):
    """How often each n-gram occurs."""
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def _precision(candidates, references, n):
    """Clipped matches over n-grams of one order, both summed over the corpus."""
    matches = total = 0
    for candidate, options in zip(candidates, references):
        ours, most = _ngrams(candidate, n), Counter()
        for reference in options:
            # The union takes the larger count: the best single reference for each n-gram, not their sum.
            most |= _ngrams(reference, n)
        # The intersection takes the smaller count: repeating a word earns nothing.
        matches += (ours & most).total()
        total += ours.total()
    return matches / total if matches else 0.0


def corpus_bleu(candidates, references, max_n=4):
    """The brevity penalty times the geometric mean of the precisions."""
    precisions = [_precision(candidates, references, n) for n in range(1, max_n + 1)]
    # A geometric mean with a zero is zero. From here on there are tokens, so c > 0.
    if 0.0 in precisions:
        return 0.0
    c = r = 0
    for candidate, options in zip(candidates, references):
        c += len(candidate)
        # The pair orders by distance first, then by length: of two equally close the shorter.
        r += min((abs(len(o) - len(candidate)), len(o)) for o in options)[1]
    penalty = math.exp(min(0.0, 1 - r / c))
    return penalty * math.exp(sum(math.log(p) for p in precisions) / max_n)
