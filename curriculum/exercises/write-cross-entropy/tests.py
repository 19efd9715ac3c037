"""What a cross-entropy from logits must do."""

import numpy as np

from cairn.judge import checks as c

BATCH = c.dim(1, 5)


def batches(classes, low=None, high=None):
    """Strategies for the logits and labels of a batch."""
    return (
        c.arrays((BATCH, classes), low=low, high=high),
        c.arrays((BATCH,), integers=True, low=0, high=classes - 1),
    )


@c.check("a uniform guess costs log C")
def uniform_guess(learner, reference, rng):
    for batch, classes in ((1, 2), (3, 2), (2, 5), (1, 1)):
        labels = rng.integers(0, classes, size=batch)
        c.close(
            learner.cross_entropy(np.zeros((batch, classes)), labels), np.log(classes), what="the loss",
            inputs=(np.zeros((batch, classes)), labels),
            message=f"Equal logits give each of {classes} classes the same probability: the loss is log {classes}.",
        )  # fmt: skip


@c.check("agrees with the definition")
def matches_the_definition(learner, reference, rng):
    for classes in (2, 3, 6):
        c.same_as_reference(learner.cross_entropy, reference.cross_entropy, *batches(classes), examples=8)


@c.check("the loss is the mean over the batch")
def mean_over_the_batch(learner, reference, rng):
    def holds(logits, labels):
        once = learner.cross_entropy(logits, labels)
        c.close(
            learner.cross_entropy(np.tile(logits, (3, 1)), np.tile(labels, 3)), once,
            what="the loss of the batch repeated three times", inputs=(logits, labels),
            message="The same examples three times have the same mean.",
        )  # fmt: skip

    c.property(holds, *batches(3), examples=6)


@c.check("a shift of a row changes nothing", axis="stable")
def shift(learner, reference, rng):
    def holds(logits, labels):
        moved = logits + 100.0 * np.arange(1, len(logits) + 1)[:, None]
        c.close(
            learner.cross_entropy(moved, labels), learner.cross_entropy(logits, labels), atol=1e-7,
            what="the loss of the shifted rows", inputs=(logits, labels),
            message="Adding a number to all logits of a row leaves its probabilities as they are.",
        )  # fmt: skip

    c.property(holds, *batches(3, -3, 3), examples=6)


@c.check("a confident mistake costs its full price", axis="stable")
def confident_mistake(learner, reference, rng):
    for gap in (10.0, 30.0, 100.0, 800.0, 5000.0):
        logits = np.array([[gap, 0.0]])
        c.close(
            learner.cross_entropy(logits, np.array([1])), gap + np.log1p(np.exp(-gap)), rtol=1e-6,
            what="the loss", inputs=(logits, np.array([1])),
            message=f"The label lies {gap:g} below the other logit, so its probability is about exp(-{gap:g}).",
        )  # fmt: skip


@c.check("large logits do no harm", axis="stable")
def large_logits(learner, reference, rng):
    c.stable(
        learner.cross_entropy, reference.cross_entropy,
        inputs=lambda rng: (rng.normal(size=(4, 5)), rng.integers(0, 5, size=4)),
    )  # fmt: skip


@c.check("rows far apart do not disturb each other", axis="stable")
def rows_far_apart(learner, reference, rng):
    def holds(logits, labels):
        moved = logits + np.array([[5000.0], [0.0], [-5000.0]])
        c.close(
            learner.cross_entropy(moved, labels), reference.cross_entropy(moved, labels), atol=1e-7,
            what="the loss", inputs=(moved, labels),
            message="Each row must be measured from its own maximum.",
        )  # fmt: skip

    c.property(holds, c.arrays((3, 4), low=-3, high=3), c.arrays((3,), integers=True, high=3), examples=6)


@c.check("the inputs stay as they are")
def inputs_unchanged(learner, reference, rng):
    c.no_mutation(learner.cross_entropy, rng.normal(size=(3, 4)), rng.integers(0, 4, size=3))
