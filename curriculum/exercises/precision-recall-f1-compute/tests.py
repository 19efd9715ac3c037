"""What precision, recall and F1 must be, whatever the classes are called."""

import numpy as np

from cairn.judge import checks as c

N = c.dim(1, 10)
BINARY = c.arrays((N,), integers=True, low=0, high=1)
CLASSES = c.arrays((N,), integers=True, low=0, high=2)


def scores(learner, y_true, y_pred, positive=1):
    """The three numbers as an array."""
    return np.asarray(learner.precision_recall_f1(y_true, y_pred, positive), dtype=np.float64)


@c.check("agrees with the counts")
def matches_the_counts(learner, reference, rng):
    # One hit, one miss and one false alarm are always there: no denominator is 0.
    def holds(y_true, y_pred):
        y_true, y_pred = np.append(y_true, [1, 1, 0]), np.append(y_pred, [1, 0, 1])
        hits, alarms, cases = int(y_true @ y_pred), int(y_pred.sum()), int(y_true.sum())
        got = scores(learner, y_true, y_pred)
        for name, value, part, whole in (
            ("Precision", got[0], hits, alarms), ("Recall", got[1], hits, cases),
            ("F1", got[2], 2 * hits, alarms + cases),
        ):  # fmt: skip
            c.close(
                value, part / whole, what=name, inputs=(y_true, y_pred),
                message=f"{hits} of {alarms} alarms are true, and {hits} of {cases} true cases are found.",
            )  # fmt: skip

    c.property(holds, BINARY, BINARY)


@c.check("a quotient with denominator 0 is 0", axis="stable")
def empty_denominators(learner, reference, rng):
    for y_true, y_pred, why in (
        ([0, 1, 1], [0, 0, 0], "Nothing is predicted positive"),
        ([0, 0, 0], [1, 0, 1], "Nothing is positive"),
        ([0, 0], [0, 0], "There is no positive and no alarm"),
        ([1, 0], [0, 1], "No alarm is true"),
    ):
        args = np.array(y_true), np.array(y_pred)
        c.close(scores(learner, *args), np.zeros(3), inputs=args, message=f"{why}: all three numbers are 0.")


@c.check("true negatives do not count")
def true_negatives_do_not_count(learner, reference, rng):
    def holds(y_true, y_pred, more):
        got = scores(learner, np.append(y_true, np.zeros(more, int)), np.append(y_pred, np.zeros(more, int)))
        c.close(
            got, scores(learner, y_true, y_pred), what=f"the result with {more} more true negatives",
            inputs=(y_true, y_pred), message="None of the three numbers speaks of true negatives.",
        )  # fmt: skip

    c.property(holds, BINARY, BINARY, c.integers(1, 20), examples=6)


@c.check("F1 stays near the smaller of the two")
def f1_stays_near_the_smaller(learner, reference, rng):
    for alarms in (4, 9, 99):
        y_true, y_pred = np.zeros(100, dtype=int), np.zeros(100, dtype=int)
        y_true[0] = 1
        y_pred[: alarms + 1] = 1
        c.close(
            scores(learner, y_true, y_pred)[2], 2 / (alarms + 2), what="F1", inputs=(y_true, y_pred),
            message=f"Precision is {1 / (alarms + 1):.3g}, recall 1: the harmonic mean stays below twice the smaller.",
        )  # fmt: skip


@c.check("all other classes are negative")
def other_classes_are_negative(learner, reference, rng):
    c.same_as_reference(
        learner.precision_recall_f1, reference.precision_recall_f1, CLASSES, CLASSES, examples=12
    )


@c.check("any class can be the positive one")
def any_class_can_be_positive(learner, reference, rng):
    c.same_as_reference(
        learner.precision_recall_f1, reference.precision_recall_f1, CLASSES, CLASSES, c.sampled(0, 2, 1, -3, 7)
    )


@c.check("exchanging truth and prediction exchanges precision and recall")
def exchange(learner, reference, rng):
    def holds(y_true, y_pred):
        c.close(
            scores(learner, y_pred, y_true), scores(learner, y_true, y_pred)[[1, 0, 2]],
            what="the result with the arguments exchanged", inputs=(y_true, y_pred),
        )  # fmt: skip

    c.property(holds, BINARY, BINARY, examples=6)


@c.check("the inputs stay as they are")
def inputs_unchanged(learner, reference, rng):
    c.no_mutation(learner.precision_recall_f1, rng.integers(0, 3, size=8), rng.integers(0, 3, size=8), 2)
