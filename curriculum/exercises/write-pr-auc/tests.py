"""What average precision must be."""

import numpy as np

from cairn.judge import checks as c

N = c.dim(1, 12)


def with_positive(y):
    """The labels with a positive at the end."""
    y = y.copy()
    y[-1] = 1
    return y


class Labels(c.Strategy):
    """Labels with at least one positive."""

    def dims(self):
        return [N]

    def draw(self, rng, sizes, turn):
        return with_positive(rng.integers(0, 2, size=sizes[N]))

    def resize(self, value, sizes):
        return with_positive(value[: sizes[N]])


class Distinct(c.Strategy):
    """Scores without ties."""

    def dims(self):
        return [N]

    def draw(self, rng, sizes, turn):
        return (rng.permutation(sizes[N]) - 2.0) / 4

    def resize(self, value, sizes):
        return value[: sizes[N]]


FEW_SCORES = c.arrays((N,), integers=True, low=-2, high=2, dtype=np.float32)


@c.check("a perfect ranking has average precision 1")
def perfect_ranking(learner, reference, rng):
    for negatives, positives in ((1, 1), (4, 1), (1, 3), (3, 2), (0, 2)):
        y = np.repeat([0, 1], [negatives, positives])
        s = np.arange(len(y)) / 10
        c.close(
            learner.average_precision(y, s), 1.0, what="the average precision", inputs=(y, s),
            message="All positives come first, so precision is 1 until recall is complete.",
        )  # fmt: skip


@c.check("agrees with the staircase")
def matches_the_staircase(learner, reference, rng):
    c.same_as_reference(learner.average_precision, reference.average_precision, Labels(), Distinct())


@c.check("equal scores share one threshold")
def ties_share_a_threshold(learner, reference, rng):
    def holds(y, s):
        s = s.astype(np.float64)
        c.close(
            learner.average_precision(y, s), reference.average_precision(y, s), what="the average precision",
            inputs=(y, s), message="No threshold separates equal scores: they become alarms together.",
        )  # fmt: skip

    c.property(holds, Labels(), FEW_SCORES, examples=12)


@c.check("equal scores for all give the share of positives")
def baseline(learner, reference, rng):
    for y in ([1, 0], [0, 1, 0, 0], [0, 0, 1, 1, 0]):
        args = np.array(y), np.full(len(y), 0.3)
        c.close(
            learner.average_precision(*args), np.mean(y), what="the average precision", inputs=args,
            message="With one threshold everybody is an alarm, at recall 1.",
        )  # fmt: skip


@c.check("only the order of the scores counts")
def only_the_order_counts(learner, reference, rng):
    def holds(y, s):
        wanted = learner.average_precision(y, s)
        for name, other in (("exp(s)", np.exp(s)), ("s / 1000", s / 1000), ("s + 1e6", s + 1e6)):
            c.close(
                learner.average_precision(y, other), wanted, what=f"the average precision of {name}", inputs=(y, s),
                message="An increasing transform leaves the ranking as it is.",
            )  # fmt: skip

    c.property(holds, Labels(), Distinct(), examples=4)


@c.check("the order of the cases does not matter")
def rows(learner, reference, rng):
    def holds(y, s):
        s = s.astype(np.float64)
        c.close(
            learner.average_precision(y[::-1].copy(), s[::-1].copy()), learner.average_precision(y, s),
            what="the average precision of the rows in reverse order", inputs=(y, s),
        )  # fmt: skip

    c.property(holds, Labels(), FEW_SCORES, examples=6)


@c.check("without a positive it is an error")
def no_positive_is_an_error(learner, reference, rng):
    c.raises(learner.average_precision, np.zeros(3, dtype=int), np.array([0.2, 0.7, 0.7]))


@c.check("the work grows like that of a sort", axis="efficient")
def cost_of_a_sort(learner, reference, rng):
    def cases(n):
        return np.arange(n) % 2, np.cos(np.arange(n) ** 2)

    c.cost(learner.average_precision, cases, at_most=1.2, sizes=(64, 128, 256, 512))


@c.check("the inputs stay as they are")
def inputs_unchanged(learner, reference, rng):
    c.no_mutation(learner.average_precision, np.array([1, 0, 1, 0]), rng.normal(size=4))
