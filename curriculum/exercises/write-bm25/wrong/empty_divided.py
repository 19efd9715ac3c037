# misconception: bm25-divides-without-the-term
# says: You divide for documents that lack the term too; with k1 = 0, or b = 1 and no words, that is 0 / 0.
# repairs: bm25#statement
# caught by: empty documents score zero
import math
from collections import Counter

import numpy as np


def bm25_scores(query, documents, k1=1.5, b=0.75):
    counts = [Counter(document) for document in documents]
    lengths = np.array([len(document) for document in documents])
    scores = np.zeros(len(documents))
    for term in query:
        f = np.array([count[term] for count in counts])
        has = f > 0
        n = has.sum()
        idf = math.log(1 + (len(documents) - n + 0.5) / (n + 0.5))
        size = lengths / max(lengths.sum(), 1) * len(documents)
        scores += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * size))
    return scores
