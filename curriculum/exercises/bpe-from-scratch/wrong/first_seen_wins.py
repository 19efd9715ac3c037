# misconception: bpe-tie-first-seen
# says: Among equally frequent pairs you take the one seen first, so the merges depend on the order of the words; the rule is the smallest pair.
# repairs: byte-pair-encoding#failure-modes
# caught by: ties go to the smallest pair
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
    merges = []
    for new in range(256, 256 + n_merges):
        pairs = Counter()
        for symbols, count in words:
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += count
        if not pairs:
            break
        best = max(pairs, key=pairs.get)
        merges.append(best)
        words = [(merge(symbols, best, new), count) for symbols, count in words]
    return merges
