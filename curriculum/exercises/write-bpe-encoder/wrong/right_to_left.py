# misconception: bpe-merge-right-to-left
# says: You replace from the right, so aaa becomes [a, aa]; training replaced from the left, and encoding must do the same.
# repairs: byte-pair-encoding#statement
# caught by: all places are merged from the left
def merge(ids, pair, new):
    merged = []
    for i in reversed(ids):
        if merged and (i, merged[-1]) == pair:
            merged[-1] = new
        else:
            merged.append(i)
    return merged[::-1]


def bpe_encode(text, merges):
    rank = {pair: k for k, pair in enumerate(merges)}
    ids = list(text.encode("utf-8"))
    while True:
        known = [pair for pair in zip(ids, ids[1:]) if pair in rank]
        if not known:
            return ids
        first = min(known, key=rank.get)
        ids = merge(ids, first, 256 + rank[first])


def bpe_decode(ids, merges):
    token = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        token.append(token[left] + token[right])
    return b"".join(token[i] for i in ids).decode("utf-8", errors="replace")
