"""Words as strings of one character per id; a merge is str.replace, which works from left to right."""


def train_bpe(word_counts, n_merges):
    base = 0xE000  # private use: byte b is chr(base + b), merge k is chr(base + 256 + k)
    words = ["".join(chr(base + byte) for byte in word.encode()) for word in word_counts]
    counts = list(word_counts.values())
    merges = []
    for k in range(n_merges):
        tally = {}
        for word, count in zip(words, counts):
            for i in range(1, len(word)):
                tally[word[i - 1 : i + 1]] = tally.get(word[i - 1 : i + 1], 0) + count
        if tally == {}:
            return merges
        most = max(tally.values())
        best = sorted(pair for pair in tally if tally[pair] == most)[0]
        merges.append((ord(best[0]) - base, ord(best[1]) - base))
        words = [word.replace(best, chr(base + 256 + k)) for word in words]
    return merges
