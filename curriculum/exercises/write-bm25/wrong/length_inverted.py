# misconception: bm25-length-inverted
# says: You divide the mean length by the length of the document, so long documents are favoured where they should need more mentions.
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
        size = lengths.mean() / lengths[has] if n else lengths[has]
        scores[has] += idf * f[has] * (k1 + 1) / (f[has] + k1 * (1 - b + b * size))
    return scores
