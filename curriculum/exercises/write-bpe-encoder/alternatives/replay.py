"""Replays all merges in their order, each once; a merge never makes a pair that was learnt earlier."""


def bpe_encode(text, merges):
    ids = list(bytearray(text, "utf-8"))
    for k, (left, right) in enumerate(merges):
        i = 0
        while i + 1 < len(ids):
            if ids[i] == left and ids[i + 1] == right:
                ids[i : i + 2] = [256 + k]
            i += 1
    return ids


def bpe_decode(ids, merges):
    def spell(i):
        return [i] if i < 256 else spell(merges[i - 256][0]) + spell(merges[i - 256][1])

    return bytes(byte for i in ids for byte in spell(i)).decode(errors="replace")
