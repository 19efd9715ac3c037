import random


def slow(text, merges):
    ids = list(text.encode())
    for number, pair in enumerate(merges):
        i = 0
        while i < len(ids) - 1:
            if (ids[i], ids[i + 1]) == pair:
                ids[i : i + 2] = [256 + number]
            i += 1
    return ids


def test_many(bpe_encode, bpe_decode):
    chance = random.Random(4)
    for _ in range(60):
        merges = []
        for number in range(chance.randint(0, 6)):
            pool = [97, 98, 99, 195, 169, *range(256, 256 + number)]
            pair = (chance.choice(pool), chance.choice(pool))
            if pair not in merges:
                merges.append(pair)
        text = "".join(chance.choice("abcé") for _ in range(chance.randint(0, 14)))
        ids = list(bpe_encode(text, merges))
        assert ids == slow(text, merges), (text, merges)
        assert bpe_decode(ids, merges) == text


def test_broken(bpe_decode):
    for ids in ([195], [97, 240, 159], [255, 98]):
        assert bpe_decode(ids, []) == bytes(ids).decode("utf-8", errors="replace")
