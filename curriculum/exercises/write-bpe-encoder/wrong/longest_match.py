# misconception: bpe-longest-match
# says: You take the longest known token from the left; that is how WordPiece reads. BPE applies its merges in the order in which they were learnt.
# repairs: byte-pair-encoding#failure-modes
# caught by: the order of learning decides
def merge(ids, pair, new):
    merged = []
    for i in ids:
        if merged and (merged[-1], i) == pair:
            merged[-1] = new
        else:
            merged.append(i)
    return merged


def bpe_encode(text, merges):
    token = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        token.append(token[left] + token[right])
    number = {}
    for i, piece in enumerate(token):
        number.setdefault(piece, i)
    longest = max(map(len, token))
    data, ids = text.encode("utf-8"), []
    while data:
        size = next(n for n in range(min(longest, len(data)), 0, -1) if data[:n] in number)
        ids.append(number[data[:size]])
        data = data[size:]
    return ids


def bpe_decode(ids, merges):
    token = [bytes([byte]) for byte in range(256)]
    for left, right in merges:
        token.append(token[left] + token[right])
    return b"".join(token[i] for i in ids).decode("utf-8", errors="replace")
