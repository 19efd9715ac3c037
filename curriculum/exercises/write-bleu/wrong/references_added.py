# misconception: references-counts-added
# says: You add the counts of all references; an n-gram is clipped at its count in the one reference that has it most.
# repairs: text-overlap-metrics#statement
# caught by: matches are clipped by the best single reference
import math
from collections import Counter


def _ngrams(tokens, n):
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def _precision(candidates, references, n):
    matches = total = 0
    for candidate, options in zip(candidates, references):
        ours, most = _ngrams(candidate, n), Counter()
        for reference in options:
            most += _ngrams(reference, n)
        matches += (ours & most).total()
        total += ours.total()
    return matches / total if matches else 0.0


def corpus_bleu(candidates, references, max_n=4):
    precisions = [_precision(candidates, references, n) for n in range(1, max_n + 1)]
    if 0.0 in precisions:
        return 0.0
    c = r = 0
    for candidate, options in zip(candidates, references):
        c += len(candidate)
        r += min((abs(len(o) - len(candidate)), len(o)) for o in options)[1]
    penalty = math.exp(min(0.0, 1 - r / c))
    return penalty * math.exp(sum(math.log(p) for p in precisions) / max_n)
