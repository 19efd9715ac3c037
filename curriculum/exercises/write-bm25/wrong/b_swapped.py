# misconception: bm25-b-and-its-complement-swapped
# says: You give the length the weight 1 - b; b = 0 must ignore the length and b = 1 apply it in full.
# repairs: bm25#statement
# caught by: long documents need more mentions
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
        size = lengths[has] / lengths.mean() if n else lengths[has]
        scores[has] += idf * f[has] * (k1 + 1) / (f[has] + k1 * (b + (1 - b) * size))
    return scores
