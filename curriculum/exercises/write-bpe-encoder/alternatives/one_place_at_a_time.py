"""Merges a single place per turn: the lowest rank, and the leftmost place among those."""


def bpe_encode(text, merges):
    ranks = dict(zip(merges, range(len(merges))))
    ids = [int(byte) for byte in text.encode()]
    while len(ids) > 1:
        rank, i = min((ranks.get((a, b), len(merges)), i) for i, (a, b) in enumerate(zip(ids, ids[1:])))
        if rank == len(merges):
            break
        ids = ids[:i] + [256 + rank] + ids[i + 2 :]
    return ids


def bpe_decode(ids, merges):
    ids = list(ids)
    out = bytearray()
    while ids:
        i = ids.pop(0)
        if i < 256:
            out.append(i)
        else:
            ids = list(merges[i - 256]) + ids
    return str(out, "utf-8", "replace")
