# misconception: sentence-bleu-averaged
# says: You average the BLEU of the sentences; corpus BLEU adds up the counts of all sentences and divides once.
# repairs: text-overlap-metrics#common-mistakes
# caught by: counts are summed over the corpus
import math
from collections import Counter


def _ngrams(tokens, n):
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def _precision(candidates, references, n):
    matches = total = 0
    for candidate, options in zip(candidates, references):
        ours, most = _ngrams(candidate, n), Counter()
        for reference in options:
            most |= _ngrams(reference, n)
        matches += (ours & most).total()
        total += ours.total()
    return matches / total if matches else 0.0


def _bleu(candidates, references, max_n=4):
    precisions = [_precision(candidates, references, n) for n in range(1, max_n + 1)]
    if 0.0 in precisions:
        return 0.0
    c = r = 0
    for candidate, options in zip(candidates, references):
        c += len(candidate)
        r += min((abs(len(o) - len(candidate)), len(o)) for o in options)[1]
    penalty = math.exp(min(0.0, 1 - r / c))
    return penalty * math.exp(sum(math.log(p) for p in precisions) / max_n)


def corpus_bleu(candidates, references, max_n=4):
    scores = [_bleu([a], [b], max_n) for a, b in zip(candidates, references)]
    return sum(scores) / max(len(scores), 1)
