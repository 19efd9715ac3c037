from collections import Counter


def merge(symbols, pair, new):
    merged = []
    for symbol in symbols:
        # The id `new` is in no pair yet, so a symbol that was merged is not merged again: aaa becomes [new, a].
        if merged and (merged[-1], symbol) == pair:
            merged[-1] = new
        else:
            merged.append(symbol)
    return merged


def train_bpe(word_counts, n_merges):
    # Each distinct word once, with its count beside it: the work does not depend on how often words occur.
    words = [(list(word.encode("utf-8")), count) for word, count in word_counts.items()]
    merges = []
    for new in range(256, 256 + n_merges):
        pairs = Counter()
        for symbols, count in words:
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += count
        if not pairs:
            break
        # Without a tie rule two correct programs would learn different lists.
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        words = [(merge(symbols, best, new), count) for symbols, count in words]
    return merges
