"""What encoding and decoding with given merges do."""

from cairn.judge import checks as c

A, B, C = b"abc"


class Merges(c.Strategy):
    """Ranked merges as a trainer could have learnt them, in an order that frequency does not explain."""

    def draw(self, rng, sizes, turn):
        ids = list("".join("aabbcé"[i] for i in rng.integers(0, 6, size=30)).encode())
        merges = []
        for new in range(256, 256 + turn % 9):
            at = int(rng.integers(len(ids) - 1))
            pair = ids[at], ids[at + 1]
            merges.append(pair)
            i = 0
            while i < len(ids) - 1:
                if (ids[i], ids[i + 1]) == pair:
                    ids[i : i + 2] = [new]
                i += 1
            if len(ids) < 4:
                break
        return merges

    def simpler(self, value):
        for size in sorted({0, len(value) // 2, max(len(value) - 1, 0)}):
            if size < len(value):
                yield value[:size]


TEXT = c.text("abcé字", max_size=14)


@c.check("agrees with the rule")
def rule(learner, reference, rng):
    c.same_as_reference(learner.bpe_encode, reference.bpe_encode, TEXT, Merges(), examples=40)


@c.check("the order of learning decides")
def order(learner, reference, rng):
    # Rank against place, length, frequency and age, and a merge built on another.
    cases = [
        ("abc", [(B, C), (A, B)]),
        ("abc", [(A, B), (B, C), (A, 257)]),
        ("ababc", [(B, C), (A, B)]),
        ("abca", [(A, B), (256, C), (C, A)]),
        ("abcabc", [(A, B), (256, C)]),
    ]

    def encoded(module, cases):
        """Of all pairs that are known the one learnt first is merged first, not the leftmost, longest, latest or most frequent"""
        return [module.bpe_encode(text, merges) for text, merges in cases]

    c.same_behaviour(learner, reference, encoded, c.just(cases), examples=1)


@c.check("all places are merged from the left")
def places(learner, reference, rng):
    for text, wanted in (("aaa", [256, A]), ("aaaa", [256, 256]), ("aaaaa", [256, 256, A]), ("aabaa", [256, B, 256])):
        c.close(
            learner.bpe_encode(text, [(A, A)]), wanted, inputs=(text, [(A, A)]), what="the list of ids",
            message="The pair aa is replaced at all its places, from left to right.",
        )  # fmt: skip


@c.check("text is bytes")
def text_is_bytes(learner, reference, rng):
    texts = c.sampled("", "a", "é", "a字", "\U0001f600", "\n \x00")
    c.same_as_reference(learner.bpe_encode, reference.bpe_encode, texts, [], examples=6)


@c.check("decoding undoes encoding")
def round_trip(learner, reference, rng):
    def holds(text, merges):
        ids = learner.bpe_encode(text, merges)
        c.equal(learner.bpe_decode(ids, merges), text, what="the text after encoding and decoding")

    c.property(holds, TEXT, Merges(), examples=16, name="decoding undoes encoding")


@c.check("decoding joins the bytes")
def decodes(learner, reference, rng):
    merges = [(0xC3, 0xA9), (A, 0xC3), (256, 256)]
    for ids in ([], [256, A], [257, 0xA9], [258, A], [0xE5, 0xAD, 0x97]):
        c.equal(
            learner.bpe_decode(ids, merges), reference.bpe_decode(ids, merges), inputs=(ids, merges),
            what="the text",
        )  # fmt: skip


@c.check("broken bytes become U+FFFD")
def broken(learner, reference, rng):
    ids = c.lists(c.sampled(A, 0xC3, 0xA9, 0xE5, 256, 257), max_size=6)
    c.same_as_reference(learner.bpe_decode, reference.bpe_decode, ids, [(A, 0xC3), (256, 0xA9)])


@c.check("the lists stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(learner.bpe_encode, "abcab", [(A, B), (256, C)])
    c.no_mutation(learner.bpe_decode, [256, 257, A], [(A, B), (256, C)])
