"""NumPy for the means; for each sentence and order the n-grams as lists."""

import numpy as np


def corpus_bleu(candidates, references, max_n=4):
    counts = np.zeros((max_n, 2))
    for candidate, options in zip(candidates, references):
        for n in range(max_n):
            grams = [tuple(candidate[i : i + n + 1]) for i in range(len(candidate) - n)]
            lists = [[tuple(o[i : i + n + 1]) for i in range(len(o) - n)] for o in options]
            for gram in set(grams):
                counts[n, 0] += min(grams.count(gram), max(one.count(gram) for one in lists))
            counts[n, 1] += len(grams)
    if counts.min() == 0:
        return 0
    c = sum(map(len, candidates))
    r = sum(min((len(o) for o in os), key=lambda m: (abs(m - len(k)), m)) for k, os in zip(candidates, references))
    return np.exp(min(0, 1 - r / c) + np.log(counts[:, 0] / counts[:, 1]).mean())
