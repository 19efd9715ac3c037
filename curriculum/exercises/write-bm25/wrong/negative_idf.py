# misconception: bm25-negative-idf
# says: You leave out the 1 inside the logarithm; a word in more than half of the documents then lowers the score of those that contain it.
# repairs: bm25#statement
# caught by: a word in most documents still counts a little
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
        idf = math.log((len(documents) - n + 0.5) / (n + 0.5))
        size = lengths[has] / lengths.mean() if n else lengths[has]
        scores[has] += idf * f[has] * (k1 + 1) / (f[has] + k1 * (1 - b + b * size))
    return scores
