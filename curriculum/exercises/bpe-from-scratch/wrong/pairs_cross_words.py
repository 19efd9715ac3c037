# misconception: bpe-pairs-cross-words
# says: You also count the pair made of the end of one word and the start of the next; the words come from different places, and pairs never cross them.
# repairs: byte-pair-encoding#statement
# caught by: pairs stay inside words
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
        last = None
        for symbols, count in words:
            if last is not None and symbols:
                pairs[last, symbols[0]] += count
            last = symbols[-1] if symbols else last
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += count
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        words = [(merge(symbols, best, new), count) for symbols, count in words]
    return merges
