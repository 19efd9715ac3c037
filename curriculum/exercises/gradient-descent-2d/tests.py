"""What gradient descent with its path must do."""

import numpy as np

from cairn.judge import checks as c

BOWL = c.function("lambda p: np.array([2 * p[0], 8 * p[1]])")
TILTED = c.function("lambda p: np.array([2 * p[0] + p[1], p[0] + 4 * p[1]])")
CURVED = c.function("lambda p: np.array([np.sin(p[0]) + p[1], p[0] + p[1] ** 3])")
FLAT = c.function("lambda p: np.array([0.6, 0.8])")


def agree(function, reference, args, hint, **tolerance):
    """One call gives what the reference gives; where it does not, the hint comes first."""
    try:
        c.same_as_reference(function, reference, *map(c.just, args), examples=1, **tolerance)
    except c.CheckFailed as failure:
        if failure.finding.outcome != "wrong":
            raise
        raise failure.because(message=f"{hint} {failure.finding.message}") from failure.__cause__


@c.check("the path follows the negative gradient")
def path(learner, reference, rng):
    c.same_as_reference(
        learner.descend, reference.descend, c.sampled(BOWL, TILTED, CURVED), c.arrays(shape=(2,), low=-2, high=2),
        c.sampled(0.1, 0.05, 0.2), 0.0, c.integers(0, 6),
    )  # fmt: skip


@c.check("arrival is the length of the gradient, tested at every point")
def arrival(learner, reference, rng):
    c.same_as_reference(
        learner.descend, reference.descend, c.sampled(BOWL, TILTED), c.arrays(shape=(2,), low=-2, high=2),
        c.sampled(0.1, 0.01), c.sampled(1e-3, 0.5, 2.0), c.sampled(200, 10), examples=12,
    )  # fmt: skip
    cases = {
        "A gradient of length exactly tol counts as arrived.": (FLAT, [0.0, 0.0], 0.1, 1.0, 5),
        "Both components lie below tol, their common length does not.": (FLAT, [0.0, 0.0], 0.1, 0.9, 2),
        "The point reached with the last step must be tested too.": (BOWL, [0.0, 1.0], 0.125, 1e-9, 1),
        "At the minimum there is nothing to do.": (BOWL, [0.0, 0.0], 0.1, 0.0, 3),
    }
    for text, args in cases.items():
        agree(learner.descend, reference.descend, args, text)


@c.check("a walk that diverges ends at its last finite point", axis="stable")
def diverging(learner, reference, rng):
    for f, x, rate in ((BOWL, [4.0, 1.0], 1e20), (TILTED, [1.0, 1.0], 1e60), (BOWL, [1.0, 0.0], 1e40)):
        args = f, x, rate, 1e-6, 60
        text = "Look at the next point before it joins the path: one coordinate that is not finite is enough."
        agree(learner.descend, reference.descend, args, text)


@c.check("integers are a start too")
def whole(learner, reference, rng):
    for x in ([4, 1], np.array([4, 1])):
        got = learner.descend(BOWL, x, 0.1, 0.0, 2)
        c.close(got, (np.array([[4, 1], [3.2, 0.2], [2.56, 0.04]]), False), inputs=(BOWL, x, 0.1, 0.0, 2))
        c.dtype(got[0], np.float64, what="the path")


@c.check("the gradient is evaluated once at each point", axis="efficient")
def evaluations(learner, reference, rng):
    f = c.function("(lambda left: lambda p: 2 * p if left and [left.pop()] else p * np.nan)([None] * 4)")
    args = f, [1.0, -2.0], 0.25, 0.0, 3
    right = np.array([[1.0, -2.0]]) * 0.5 ** np.arange(4)[:, None]
    c.close(
        learner.descend(*args), (right, False), inputs=args,
        message="Three steps visit four points; after four evaluations this gradient answers NaN.",
    )  # fmt: skip


@c.check("the start is left as it was")
def untouched(learner, reference, rng):
    c.no_mutation(learner.descend, BOWL, np.array([4.0, 1.0]), 0.1, 1e-3, 10)
