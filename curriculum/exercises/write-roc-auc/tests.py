"""What an area under the ROC curve must be."""

import numpy as np

from cairn.judge import checks as c

N = c.dim(2, 12)


def both_classes(y):
    """The labels with a negative in front and a positive at the end."""
    y = y.copy()
    y[0], y[-1] = 0, 1
    return y


class Labels(c.Strategy):
    """Labels among which both classes occur."""

    def dims(self):
        return [N]

    def draw(self, rng, sizes, turn):
        return both_classes(rng.integers(0, 2, size=sizes[N]))

    def resize(self, value, sizes):
        return both_classes(value[: sizes[N]])


FEW_SCORES = c.arrays((N,), integers=True, low=-2, high=2, dtype=np.float32)
SCORES = c.arrays((N,), low=-50, high=50)


@c.check("a perfect ranking has AUC 1")
def perfect_ranking(learner, reference, rng):
    for negatives, positives in ((1, 1), (3, 1), (1, 4), (5, 3)):
        y = np.repeat([0, 1], [negatives, positives])
        s = np.arange(len(y)) / 10
        c.close(
            learner.roc_auc(y, s), 1.0, what="the AUC", inputs=(y, s),
            message="Every positive lies above every negative.",
        )  # fmt: skip


@c.check("agrees with the pairs")
def matches_the_pairs(learner, reference, rng):
    c.same_as_reference(learner.roc_auc, reference.roc_auc, Labels(), SCORES)


@c.check("a tied pair counts one half")
def ties_count_one_half(learner, reference, rng):
    def holds(y, s):
        s = s.astype(np.float64)
        c.close(
            learner.roc_auc(y, s), reference.roc_auc(y, s), what="the AUC", inputs=(y, s),
            message="A positive and a negative with the same score are neither won nor lost.",
        )  # fmt: skip

    c.property(holds, Labels(), FEW_SCORES, examples=10)


@c.check("reversed scores give 1 - AUC")
def reversed_scores(learner, reference, rng):
    def holds(y, s):
        s = s.astype(np.float64)
        c.close(
            learner.roc_auc(y, -s), 1 - learner.roc_auc(y, s), what="the AUC of the reversed scores", inputs=(y, s),
            message="What was won is now lost: a ranking can be worse than chance.",
        )  # fmt: skip

    c.property(holds, Labels(), FEW_SCORES, examples=8)


@c.check("only the order of the scores counts")
def only_the_order_counts(learner, reference, rng):
    def holds(y, s):
        s = s.astype(np.float64)
        wanted = learner.roc_auc(y, s)
        for name, other in (("exp(s)", np.exp(s / 10)), ("s / 1000", s / 1000), ("s + 1e6", s + 1e6)):
            c.close(
                learner.roc_auc(y, other), wanted, what=f"the AUC of {name}", inputs=(y, s),
                message="An increasing transform leaves every pair as it is.",
            )  # fmt: skip

    c.property(holds, Labels(), c.arrays((N,), integers=True, low=-9, high=9, dtype=np.float32), examples=4)


@c.check("the order of the cases does not matter")
def rows(learner, reference, rng):
    def holds(y, s):
        s = s.astype(np.float64)
        c.close(
            learner.roc_auc(y[::-1].copy(), s[::-1].copy()), learner.roc_auc(y, s),
            what="the AUC of the rows in reverse order", inputs=(y, s),
        )  # fmt: skip

    c.property(holds, Labels(), FEW_SCORES, examples=6)


@c.check("a missing class is an error")
def one_class_is_an_error(learner, reference, rng):
    for label in (0, 1):
        c.raises(learner.roc_auc, np.full(3, label), np.array([0.2, 0.7, 0.7]))


@c.check("the work grows like that of a sort", axis="efficient")
def cost_of_a_sort(learner, reference, rng):
    def cases(n):
        return np.arange(n) % 2, np.cos(np.arange(n) ** 2)

    c.cost(learner.roc_auc, cases, at_most=1.2, sizes=(64, 128, 256, 512))


@c.check("the inputs stay as they are")
def inputs_unchanged(learner, reference, rng):
    c.no_mutation(learner.roc_auc, np.array([1, 0, 1, 0]), rng.normal(size=4))
