"""Counts are kept between rounds; only words that contain the merged pair are counted again."""


def train_bpe(word_counts, n_merges):
    words = {word: tuple(bytearray(word, "utf-8")) for word in word_counts}
    counts, homes = {}, {}

    def add(word, sign):
        symbols = words[word]
        for i in range(len(symbols) - 1):
            pair = symbols[i : i + 2]
            counts[pair] = counts.get(pair, 0) + sign * word_counts[word]
            homes.setdefault(pair, set()).add(word)

    for word in words:
        add(word, 1)
    merges = []
    while len(merges) < n_merges:
        present = [(-count, pair) for pair, count in counts.items() if count > 0]
        if not present:
            break
        _, best = min(present)
        new = 256 + len(merges)
        merges.append(best)
        for word in homes[best].copy():
            add(word, -1)
            symbols, out, i = words[word], [], 0
            while i < len(symbols):
                hit = symbols[i : i + 2] == best
                out.append(new if hit else symbols[i])
                i += 2 if hit else 1
            words[word] = tuple(out)
            add(word, 1)
    return merges
