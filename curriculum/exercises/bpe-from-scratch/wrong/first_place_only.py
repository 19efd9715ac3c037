# misconception: bpe-merge-first-place-only
# says: You merge the pair at its first place in each word only; a merge replaces all places from left to right.
# repairs: byte-pair-encoding#statement
# caught by: all places are merged
from collections import Counter


def merge(symbols, pair, new):
    merged = []
    for symbol in symbols:
        if new not in merged and merged and (merged[-1], symbol) == pair:
            merged[-1] = new
        else:
            merged.append(symbol)
    return merged


def train_bpe(word_counts, n_merges):
    words = [(list(word.encode("utf-8")), count) for word, count in word_counts.items()]
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
