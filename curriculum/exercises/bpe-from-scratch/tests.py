"""What learning the merges of byte-pair encoding gives."""

from cairn.judge import checks as c


class Words(c.Strategy):
    """Dictionaries from words over a few letters to counts; ties and repeated letters are frequent."""

    def draw(self, rng, sizes, turn):
        def word():
            return "".join("aabcé"[i] for i in rng.integers(0, 5, size=int(rng.integers(0, 7))))

        return {word(): int(rng.integers(1, 5)) for _ in range(int(rng.integers(1, 5)))}

    def simpler(self, value):
        for name, count in value.items():
            rest = {k: v for k, v in value.items() if k != name}
            yield rest
            if name:
                yield {name[:-1]: count} | rest
                yield {name[1:]: count} | rest
            if count > 1:
                yield value | {name: 1}


def pairs(*texts):
    """Pairs of bytes: "ab" is (97, 98)."""
    return [tuple(text.encode()) for text in texts]


@c.check("agrees with the rule")
def rule(learner, reference, rng):
    c.same_as_reference(learner.train_bpe, reference.train_bpe, Words(), c.integers(0, 9))


@c.check("words weigh by their count")
def weigh(learner, reference, rng):
    words = {"ab": 5, "cd": 1, "cde": 1, "fcd": 1}
    c.close(
        learner.train_bpe(words, 1), pairs("ab"), inputs=(words, 1),
        message="The pair ab occurs 5 times in one word, the pair cd once in each of three words.",
    )  # fmt: skip


@c.check("ties go to the smallest pair")
def ties(learner, reference, rng):
    for words in ({"ad": 2, "bc": 2}, {"bc": 2, "ad": 2}, {"ad": 1, "ac": 1}, {"cd": 1, "ba": 1, "ab": 1}):
        smallest = min(words)
        c.close(
            learner.train_bpe(words, 1), pairs(smallest), inputs=(words, 1),
            message=f"All pairs are equally frequent, and {smallest} is the smallest.",
        )  # fmt: skip


@c.check("pairs stay inside words")
def inside(learner, reference, rng):
    for words in ({"a": 3, "b": 3}, {"ab": 2, "": 1, "ba": 3}):
        wanted = pairs("ba", "ab") if "ab" in words else []
        c.close(
            learner.train_bpe(words, 5), wanted, inputs=(words, 5),
            message="The end of one word and the start of the next are no pair.",
        )  # fmt: skip


@c.check("merges build on merges")
def chain(learner, reference, rng):
    words = {"low": 5, "lot": 3, "slow": 2}
    c.close(
        learner.train_bpe(words, 3), [(108, 111), (256, 119), (256, 116)], inputs=(words, 3),
        message="After lo is merged its neighbours pair with 256, the new id.",
    )  # fmt: skip
    c.same_as_reference(learner.train_bpe, reference.train_bpe, Words(), 40, examples=8)


@c.check("all places are merged")
def places(learner, reference, rng):
    words = {"abab": 2, "ca": 1}
    c.close(
        learner.train_bpe(words, 2), [(97, 98), (256, 256)], inputs=(words, 2),
        message="Both places of ab are merged, so that abab becomes (256, 256).",
    )  # fmt: skip
    c.close(
        learner.train_bpe({"aaa": 1}, 2), [(97, 97), (256, 97)], inputs=({"aaa": 1}, 2),
        message="From left to right aaa becomes (256, 97).",
    )  # fmt: skip


@c.check("words are bytes")
def bytes_of_words(learner, reference, rng):
    for words in ({"é": 2}, {"字é": 3, "é": 1}, {"aé": 1, "né": 1}):
        c.close(
            learner.train_bpe(words, 6), reference.train_bpe(words, 6), inputs=(words, 6),
            message="A character beyond ASCII is two or more bytes in UTF-8.",
        )  # fmt: skip


@c.check("the cost does not grow with the counts", axis="efficient")
def lean(learner, reference, rng):
    c.cost(learner.train_bpe, lambda n: ({"low": n, "lower": n // 2}, 3), at_most=0, sizes=(16, 32, 64))
    words = {"ab": 10**9, "bc": 10**9 + 1}
    c.close(learner.train_bpe(words, 1), pairs("bc"), inputs=(words, 1))


@c.check("the dictionary stays as it is")
def untouched(learner, reference, rng):
    c.no_mutation(learner.train_bpe, {"low": 5, "lot": 3}, 2)
