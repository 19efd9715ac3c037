"""BM25 scores of all documents for one query."""

import math
from collections import Counter

import numpy as np


def bm25_scores(query, documents, k1=1.5, b=0.75):
    counts = [Counter(document) for document in documents]
    lengths = np.array([len(document) for document in documents])
    scores = np.zeros(len(documents))
    for term in query:
        # Counter gives 0 for a missing term, without storing it.
        f = np.array([count[term] for count in counts])
        has = f > 0
        n = has.sum()
        idf = math.log(1 + (len(documents) - n + 0.5) / (n + 0.5))
        # Only where the term stands: with k1 = 0, or in an empty document, the quotient could be 0 / 0.
        size = lengths[has] / lengths.mean() if n else lengths[has]
        scores[has] += idf * f[has] * (k1 + 1) / (f[has] + k1 * (1 - b + b * size))
    return scores
