def merge(ids, pair, new):
    merged = []
    for i in ids:
        # From left to right: a place that was merged ends in `new`, which is no part of the pair.
        if merged and (merged[-1], i) == pair:
            merged[-1] = new
        else:
            merged.append(i)
    return merged


def bpe_encode(text, merges):
    rank = {pair: k for k, pair in enumerate(merges)}
    ids = list(text.encode("utf-8"))
    while True:
        known = [pair for pair in zip(ids, ids[1:]) if pair in rank]
        if not known:
            return ids
        # The order of learning decides, not the place in the text and not the length.
        first = min(known, key=rank.get)
        ids = merge(ids, first, 256 + rank[first])


def bpe_decode(ids, merges):
    token = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        token.append(token[left] + token[right])
    # Join first: one id may hold only a part of a character.
    return b"".join(token[i] for i in ids).decode("utf-8", errors="replace")
