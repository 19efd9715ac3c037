"""Document frequencies first, then one document after the other."""

import math


def bm25_scores(query, documents, k1=1.5, b=0.75):
    frequency = {}
    for document in documents:
        for term in set(document):
            frequency[term] = frequency.get(term, 0) + 1
    mean = sum(map(len, documents)) / max(len(documents), 1)
    scores = []
    for document in documents:
        score = 0.0
        for term in query:
            f = document.count(term)
            if f:
                n = frequency[term]
                idf = math.log1p((len(documents) - n + 0.5) / (n + 0.5))
                score += idf * (f * (k1 + 1) / (f + k1 * ((1 - b) + b * (len(document) / mean))))
        scores.append(score)
    return scores
