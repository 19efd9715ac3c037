# misconception: bm25-rarity-by-occurrences
# says: You count how often the term occurs in the collection; rarity is the number of documents that contain it, however often.
# repairs: bm25#statement
# caught by: rarity is counted in documents
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
        n = f.sum()
        idf = math.log(1 + (max(len(documents) - n, 0) + 0.5) / (n + 0.5))
        size = lengths[has] / lengths.mean() if n else lengths[has]
        scores[has] += idf * f[has] * (k1 + 1) / (f[has] + k1 * (1 - b + b * size))
    return scores
