# misconception: bpe-corpus-written-out
# says: You write every word out as often as it occurs; the cost then grows with the corpus. Keep each distinct word once, with its count.
# repairs: byte-pair-encoding#failure-modes
# caught by: the cost does not grow with the counts
from collections import Counter


def merge(symbols, pair, new):
    merged = []
    for symbol in symbols:
        if merged and (merged[-1], symbol) == pair:
            merged[-1] = new
        else:
            merged.append(symbol)
    return merged


def train_bpe(word_counts, n_merges):
    words = [(list(word.encode("utf-8")), count) for word, times in word_counts.items() for count in [1] * times]
    merges = []
    for new in range(256, 256 + n_merges):
        pairs = Counter()
        for symbols, count in words:
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += count
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        words = [(merge(symbols, best, new), count) for symbols, count in words]
    return merges
