"""The table of the longest common subsequence filled whole, from the end; n-grams crossed off a list."""


def _score(m, a, b):
    if m == 0:
        return 0.0
    precision, recall = m / a, m / b
    return 2 * precision * recall / (precision + recall)


def rouge_n(candidate, reference, n):
    ours = list(zip(*(candidate[i:] for i in range(n))))
    theirs = list(zip(*(reference[i:] for i in range(n))))
    left, hits = list(theirs), 0
    for gram in ours:
        if gram in left:
            left.remove(gram)
            hits += 1
    return _score(hits, len(ours), len(theirs))


def rouge_l(candidate, reference):
    a, b = len(candidate), len(reference)
    table = [[0] * (b + 1) for _ in range(a + 1)]
    for i in reversed(range(a)):
        for j in reversed(range(b)):
            if candidate[i] == reference[j]:
                table[i][j] = 1 + table[i + 1][j + 1]
            else:
                table[i][j] = max(table[i + 1][j], table[i][j + 1])
    return _score(table[0][0], a, b)
