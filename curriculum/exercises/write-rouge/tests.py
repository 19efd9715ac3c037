"""What ROUGE-N and ROUGE-L of two texts are."""

from cairn.judge import checks as c

TEXT = c.lists(c.sampled("a", "b", "c"), max_size=7)


def must(got, wanted, inputs, message):
    """The score as it should be, or a failed check that says why."""
    c.close(got, wanted, inputs=inputs, what="the score", message=message)


@c.check("agrees with the rule on all texts")
def rule(learner, reference, rng):
    c.same_as_reference(learner.rouge_n, reference.rouge_n, TEXT, TEXT, c.integers(1, 3), examples=24)
    c.same_as_reference(learner.rouge_l, reference.rouge_l, TEXT, TEXT, examples=24)


@c.check("an n-gram counts as often as in both")
def clipped(learner, reference, rng):
    for a, b, n, wanted in (
        ("the the the the", "the cat", 1, 1 / 3), ("the the cat", "the the dog", 1, 2 / 3), ("a a a", "a a a", 1, 1.0),
        ("a b a b a b", "a b a b", 2, 3 / 4),
    ):  # fmt: skip
        must(
            learner.rouge_n(a.split(), b.split(), n), wanted, (a.split(), b.split(), n),
            "An n-gram matches as often as it occurs in both texts: the smaller of its two counts.",
        )  # fmt: skip


@c.check("both texts weigh alike")
def symmetric(learner, reference, rng):
    for a, b in (("a b", "a b c d"), ("a b c d", "a b"), ("a", "a b c d e f")):
        a, b = a.split(), b.split()
        wanted = 2 * min(len(a), len(b)) / (len(a) + len(b))
        said = "F1 does not change when the two texts change places."
        must(learner.rouge_n(a, b, 1), wanted, (a, b, 1), said)
        must(learner.rouge_l(a, b), wanted, (a, b), said)


@c.check("nothing in common gives 0")
def nothing(learner, reference, rng):
    for a, b in (([], []), (["a"], []), ([], ["a"]), (["a"], ["b"])):
        for n in (1, 2):
            must(learner.rouge_n(a, b, n), 0.0, (a, b, n), "Without a match, or without any n-gram, the score is 0.")
        must(learner.rouge_l(a, b), 0.0, (a, b), "Without a match, or without any token, the score is 0.")
    must(learner.rouge_n(["a"], ["a"], 2), 0.0, (["a"], ["a"], 2), "A text of one token has no bigram: the score is 0.")


@c.check("tokens are whole")
def tokens(learner, reference, rng):
    # Joined without a separator these would be equal.
    said = "Compare tokens, not joined characters."
    for a, b in ((["ab", "c"], ["a", "bc"]), ([1, 12], [11, 2])):
        must(learner.rouge_n(a, b, 2), 0.0, (a, b, 2), said)
        must(learner.rouge_l(a, b), 0.0, (a, b), said)
    must(learner.rouge_n([7, 8, 9], [8, 9], 2), 2 / 3, ([7, 8, 9], [8, 9], 2), "Tokens may be numbers.")


@c.check("a subsequence may have gaps")
def gaps(learner, reference, rng):
    for a, b, wanted in (("a x b y c", "a b c", 6 / 8), ("a x b", "a y b", 2 / 3)):
        must(
            learner.rouge_l(a.split(), b.split()), wanted, (a.split(), b.split()),
            "The common tokens need not be neighbours, only in the same order.",
        )  # fmt: skip


@c.check("a subsequence keeps the order")
def order(learner, reference, rng):
    for a, b, wanted in (("a b c", "c b a", 1 / 3), ("a b", "b a", 1 / 2)):
        must(
            learner.rouge_l(a.split(), b.split()), wanted, (a.split(), b.split()),
            "Tokens in another order are not a common subsequence.",
        )  # fmt: skip


@c.check("a subsequence is the longest")
def longest(learner, reference, rng):
    for a, b, wanted in (("z a b c", "a b c z", 3 / 4), ("a b c z", "z a b c", 3 / 4), ("a a b", "b a a b", 6 / 7)):
        must(
            learner.rouge_l(a.split(), b.split()), wanted, (a.split(), b.split()),
            "Taking the first match is not always best: leaving it out can allow more.",
        )  # fmt: skip


@c.check("the longest subsequence costs O(mn)", axis="efficient")
def quadratic(learner, reference, rng):
    # Two texts without a common token, where a search without a table has to try everything.
    c.cost(learner.rouge_l, lambda n: (["a"] * n, ["b"] * n), at_most=2.2, sizes=(3, 5, 7, 9))
    text = [str(i % 17) for i in range(130)]
    must(learner.rouge_l(text, text[:1] + text), 260 / 261, (), "The texts have 130 and 131 tokens, 130 of them common.")


@c.check("the lists stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(learner.rouge_n, ["a", "b", "a"], ["a", "a"], 1)
    c.no_mutation(learner.rouge_l, ["a", "b", "a"], ["a", "a"])
