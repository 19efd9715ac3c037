"""An inverted index: from each term to the documents that contain it."""

from math import log


def bm25_scores(query, documents, k1=1.5, b=0.75):
    index = {}
    total = 0
    for place, document in enumerate(documents):
        total += len(document)
        for term in document:
            postings = index.setdefault(term, {})
            postings[place] = postings.get(place, 0) + 1
    scores = [0.0] * len(documents)
    for term in query:
        postings = index.get(term, {})
        n = len(postings)
        weight = log((len(documents) + 1) / (n + 0.5))
        for place, f in postings.items():
            relative = len(documents[place]) * len(documents) / total
            scores[place] += weight * (k1 + 1) / (1 + k1 / f * (1 - b * (1 - relative)))
    return scores
