# misconception: bpe-counts-not-updated
# says: You count the pairs once and take the most frequent ones in turn; every merge changes its neighbours, so count again after each.
# repairs: byte-pair-encoding#statement
# caught by: merges build on merges
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
    words = [(list(word.encode("utf-8")), count) for word, count in word_counts.items()]
    pairs = Counter()
    for symbols, count in words:
        for pair in zip(symbols, symbols[1:]):
            pairs[pair] += count
    return sorted(pairs, key=lambda pair: (-pairs[pair], pair))[:n_merges]
