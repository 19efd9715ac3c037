"""What the BLEU of a corpus is."""

import math

from cairn.judge import checks as c


class Corpora(c.Strategy):
    """Up to three candidates with up to three references each; the references resemble the candidate."""

    def draw(self, rng, sizes, turn):
        def text(low):
            return ["abc"[i] for i in rng.integers(0, 3, size=int(rng.integers(low, 9)))]

        pairs = []
        for _ in range(1 + turn % 3):
            candidate = text(0)
            near = [candidate[int(rng.integers(0, 2)) :] + text(0)[:2] for _ in range(int(rng.integers(1, 3)))]
            pairs.append((candidate, [*near, text(1)][: int(rng.integers(1, 4))]))
        return pairs

    def simpler(self, value):
        for i, (candidate, options) in enumerate(value):
            if len(value) > 1:
                yield value[:i] + value[i + 1 :]
            if len(options) > 1:
                yield [*value[:i], (candidate, options[1:]), *value[i + 1 :]]
                yield [*value[:i], (candidate, options[:-1]), *value[i + 1 :]]
            if candidate:
                yield [*value[:i], (candidate[:-1], options), *value[i + 1 :]]


def must(learner, candidates, references, max_n, wanted, message):
    """The score of texts written as strings, or a failed check that says why it differs."""
    candidates = [t.split() for t in candidates]
    references = [[t.split() for t in options] for options in references]
    args = candidates, references, max_n
    c.close(learner.corpus_bleu(*args), wanted, inputs=args, what="BLEU", message=message)


@c.check("agrees with the rule on all corpora")
def rule(learner, reference, rng):
    def holds(pairs, max_n):
        """The score is that of the definition"""
        args = [a for a, _ in pairs], [b for _, b in pairs], max_n
        c.close(learner.corpus_bleu(*args), reference.corpus_bleu(*args), inputs=args, what="BLEU")

    c.property(holds, Corpora(), c.integers(1, 3), examples=30)


@c.check("a perfect output has BLEU 1")
def perfect(learner, reference, rng):
    texts = ["a b c d e", "b c d e f g"]
    must(learner, texts, [[t] for t in texts], 4, 1.0, "Each candidate equals its reference.")
    must(learner, texts, [["z", t] for t in texts], 4, 1.0, "Each candidate equals one of its references.")
    c.close(learner.corpus_bleu([[1, 2, 3, 4]], [[[1, 2, 3, 4]]]), 1.0, what="BLEU with max_n left out")
    args = [["a", "b", "c", "d", "e"]], [[["a", "b", "c", "d", "x"]]]
    c.close(learner.corpus_bleu(*args), 0.2**0.25, inputs=args, what="BLEU with max_n left out, so 4,")


@c.check("matches are clipped by the best single reference")
def clipped(learner, reference, rng):
    said = "An n-gram matches at most as often as in the one reference that has it most."
    must(learner, ["the the the the"], [["the cat the dog"]], 1, 1 / 2, said)
    must(learner, ["the the the the"], [["the a b c", "the the d e"]], 1, 1 / 2, said)
    must(learner, ["a b a b"], [["a b c d", "x a b y"]], 2, math.sqrt(2 / 4 * 1 / 3), said)


@c.check("counts are summed over the corpus")
def summed(learner, reference, rng):
    said = "Matches and n-grams are added up over the corpus and divided once."
    must(learner, ["a", "b c d e"], [["a"], ["x y z e"]], 1, 2 / 5, said)
    must(learner, ["a b c", "d e f"], [["a b c"], ["d x f"]], 2, math.sqrt(5 / 6 * 2 / 4), said)
    must(learner, ["a", "b c", ""], [["a"], ["b c"], ["z"]], 2, math.exp(1 - 4 / 3), "A sentence may have no bigram.")


@c.check("an order without a match gives 0")
def zero(learner, reference, rng):
    said = "The geometric mean with a zero is 0, and without any n-gram there is no match either."
    for candidates, options, max_n in (
        (["a b"], [["b a"]], 2), (["x"], [["a"]], 1), (["a"], [["a"]], 2), ([""], [["a"]], 1), ([], [], 4),
        (["a b c"], [["a b c"]], 4),
    ):  # fmt: skip
        must(learner, candidates, options, max_n, 0.0, said)


@c.check("short output is penalised, long output is not")
def brevity(learner, reference, rng):
    must(learner, ["a b"], [["a b c"]], 1, math.exp(1 - 3 / 2), "The candidate is shorter than the reference.")
    must(learner, ["a b x"], [["a b"]], 1, 2 / 3, "The candidate is longer than the reference: the penalty is 1.")
    must(learner, ["a b x y z"], [["a b"]], 1, 2 / 5, "The candidate is longer than the reference: the penalty is 1.")


@c.check("the closest reference length counts")
def closest(learner, reference, rng):
    said = "The reference whose length is closest counts; of two equally close, the shorter."
    must(learner, ["a b c"], [["a", "a b c d"]], 1, math.exp(1 - 4 / 3), said)
    must(learner, ["a b c"], [["a b c d e f", "a b"]], 1, 1.0, said)
    must(learner, ["a b c"], [["a b c d", "a b"]], 1, 1.0, said)
    must(learner, ["a b c"], [["a b", "a b c d"]], 1, 1.0, said)


@c.check("lengths are summed over the corpus")
def lengths(learner, reference, rng):
    said = "The penalty compares the total lengths: a long sentence makes up for a short one."
    must(learner, ["a b c", "a"], [["a b"], ["a b"]], 1, 3 / 4, said)
    must(learner, ["a b c", "a"], [["a b"], ["a b c d"]], 1, math.exp(1 - 6 / 4) * 3 / 4, said)


@c.check("tokens are whole")
def tokens(learner, reference, rng):
    must(learner, ["ab c d"], [["a bc d"]], 1, 1 / 3, "Compare tokens, not joined characters.")
    args = [[1, 12]], [[[11, 2]]], 2
    c.close(learner.corpus_bleu(*args), 0.0, inputs=args, what="BLEU", message="Tokens may be numbers.")


@c.check("the lists stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(learner.corpus_bleu, [["a", "b", "a"]], [[["a", "b"], ["a", "a", "b"]]], 2)
