# misconception: bm25-document-frequency-recounted
# says: You count the documents that contain a term anew for every document; N documents then cost N squared, and the number is the same for all.
# repairs: bm25#statement
# caught by: the cost is linear in the documents
import math


def bm25_scores(query, documents, k1=1.5, b=0.75):
    scores = []
    for document in documents:
        score = 0.0
        for term in query:
            f = document.count(term)
            n = 0
            total = 0
            for other in documents:
                n += term in other
                total += len(other)
            if f:
                idf = math.log(1 + (len(documents) - n + 0.5) / (n + 0.5))
                score += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) * len(documents) / total))
        scores.append(score)
    return scores
