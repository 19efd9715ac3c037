# misconception: bpe-merge-first-place-only
# says: You replay the merges but replace only the first place of each; a merge applies to all places from left to right.
# repairs: byte-pair-encoding#statement
# caught by: all places are merged from the left
def merge(ids, pair, new):
    merged = []
    for i in ids:
        if merged and (merged[-1], i) == pair:
            merged[-1] = new
        else:
            merged.append(i)
    return merged


def bpe_encode(text, merges):
    rank = {pair: k for k, pair in enumerate(merges)}
    ids = list(text.encode("utf-8"))
    for pair, k in rank.items():
        for i in range(len(ids) - 1):
            if (ids[i], ids[i + 1]) == pair:
                ids[i : i + 2] = [256 + k]
                break
    return ids


def bpe_decode(ids, merges):
    token = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        token.append(token[left] + token[right])
    return b"".join(token[i] for i in ids).decode("utf-8", errors="replace")
