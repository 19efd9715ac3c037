"""What a Jacobian measured by central differences must do."""

import numpy as np

from cairn.judge import checks as c

QUADRATIC = c.function("lambda x: np.array([x[0] * x[1], x[0] ** 2, 3 * x[1]])")
CURVED = c.function("lambda x: np.array([np.sin(3 * x[0]) * np.exp(x[1]), np.cos(x[0] + 2 * x[1])])")


def quadratic(x):
    """The exact Jacobian of QUADRATIC."""
    return np.array([[x[1], x[0]], [2 * x[0], 0.0], [0.0, 3.0]])


def curved(x):
    """The exact Jacobian of CURVED."""
    inner = -np.sin(x[0] + 2 * x[1])
    first = [3 * np.cos(3 * x[0]) * np.exp(x[1]), np.sin(3 * x[0]) * np.exp(x[1])]
    return np.array([first, [inner, 2 * inner]])


@c.check("entry (i, j) is the derivative of output i by input j")
def layout(learner, reference, rng):
    c.same_as_reference(
        learner.numerical_jacobian, lambda f, x: quadratic(x), QUADRATIC, c.arrays(shape=(2,)), examples=12, atol=1e-8
    )
    one = learner.numerical_jacobian(c.function("lambda x: np.array([x.sum()])"), np.array([1.0, 2.0, 3.0]))
    c.close(one, np.ones((1, 3)))
    c.dtype(one, np.float64)


@c.check("the error stays small on curved functions", axis="stable")
def accuracy(learner, reference, rng):
    def exact(x):
        """central differences with a good step are right to eight digits"""
        right = curved(x)
        c.close(
            learner.numerical_jacobian(CURVED, x), right, rtol=0, atol=1e-8 * np.abs(right).max(), inputs=(CURVED, x),
            message="Step to both sides, from the point itself, with h near the cube root of the machine epsilon.",
        )  # fmt: skip

    c.property(exact, c.arrays(shape=(2,), low=-1, high=1), examples=8)


@c.check("large entries get a larger step", axis="stable")
def large(learner, reference, rng):
    f = c.function("lambda x: np.array([np.sin(x[0] / 1e8) + x[1] ** 2, x[0] * x[1] / 1e8])")
    x = np.array([1e8, 0.5])
    right = np.array([[np.cos(1.0) / 1e8, 1.0], [0.5 / 1e8, 1.0]])
    c.close(
        learner.numerical_jacobian(f, x), right, rtol=1e-7, atol=1e-15, inputs=(f, x),
        message="Around 1e8 neighbouring floats lie 1e-8 apart; a step of 1e-5 is mostly rounding.",
    )  # fmt: skip


@c.check("integers are points too")
def whole(learner, reference, rng):
    for x in ([2, 5], np.array([2, 5]), np.array([0, -3])):
        c.close(
            learner.numerical_jacobian(QUADRATIC, x), quadratic(x), atol=1e-8, inputs=(QUADRATIC, x),
            message="Turn x into floats first: an integer array cuts the step off.",
        )  # fmt: skip


@c.check("a function may hand back its own argument")
def aliased(learner, reference, rng):
    for f, right in (("lambda x: x", np.eye(3)), ("lambda x: x[::-1]", np.eye(3)[::-1])):
        given = c.function(f), np.array([1.0, -2.0, 0.0])
        c.close(
            learner.numerical_jacobian(*given), right, atol=1e-8, inputs=given,
            message="Give every evaluation a copy of its own: the first result may be the array you change next.",
        )  # fmt: skip


@c.check("two evaluations for each input are enough", axis="efficient")
def evaluations(learner, reference, rng):
    f = c.function("(lambda left: lambda x: 2 * x if left and [left.pop()] else x * np.nan)([None] * 9)")
    x = np.array([1.0, -2.0, 0.0, 4.0])
    c.close(
        learner.numerical_jacobian(f, x), 2 * np.eye(4), atol=1e-8, inputs=(f, x),
        message="After 2n + 1 evaluations the function answers NaN; ask it once for each side of each input.",
    )  # fmt: skip


@c.check("the point is left as it was")
def untouched(learner, reference, rng):
    c.no_mutation(learner.numerical_jacobian, QUADRATIC, np.array([1.5, -0.5]))
