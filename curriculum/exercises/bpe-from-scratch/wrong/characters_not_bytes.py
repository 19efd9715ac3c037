# misconception: bpe-characters-in-place-of-bytes
# says: You start from code points; a character such as é then has an id of its own, which may meet the ids of merges. Start from the UTF-8 bytes.
# repairs: byte-pair-encoding#common-mistakes
# caught by: words are bytes
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
    words = [([ord(character) for character in word], count) for word, count in word_counts.items()]
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
