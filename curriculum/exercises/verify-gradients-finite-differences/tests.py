"""What a numerical gradient and its comparison must do."""

import numpy as np

from cairn.judge import checks as c

SQUARES = c.function("lambda x: float(np.sum(3 * x**2 - x) + np.sum(x) ** 2)")
CUBES = c.function("lambda x: float(np.sum(x**3) + np.prod(x + 1))")
SMOOTH = c.function("lambda x: float(np.sum(np.sin(x) * np.cos(2 * np.roll(x, 1))) + np.tanh(np.sum(x)))")
FUNCTIONS = c.sampled(SQUARES, CUBES, SMOOTH)
POINTS = c.arrays((c.dim(1, 5),), low=-2, high=2)

# The rounding of a difference quotient is of the size of 1e-16 |f| / h.
NEAR = {"rtol": 1e-6, "atol": 1e-8}


@c.check("it is exact for squares, with any step")
def exact_on_quadratics(learner, reference, rng):
    def holds(x, h):
        c.close(
            learner.numerical_gradient(SQUARES, x, h), 6 * x - 1 + 2 * x.sum(), rtol=1e-6, atol=1e-7,
            what="the gradient", inputs=(SQUARES, x, h),
            message="For a quadratic function the central difference has no error but rounding.",
        )  # fmt: skip

    c.property(holds, POINTS, c.sampled(0.5, 0.1, 1e-3), examples=8)


@c.check("it is close to the true gradient with the step it comes with")
def close_to_the_true_gradient(learner, reference, rng):
    def holds(x):
        near = np.exp(x / 4)
        c.close(
            learner.numerical_gradient(c.function("lambda x: float(np.sum(np.exp(x / 4)))"), x), near / 4,
            rtol=1e-7, atol=1e-8, what="the gradient of the sum of exp(x / 4)", inputs=(x,),
            message="The default step balances truncation and rounding.",
        )  # fmt: skip

    c.property(holds, POINTS, examples=6)


@c.check("every slope is taken at the same point")
def slopes_at_the_same_point(learner, reference, rng):
    c.same_as_reference(
        learner.numerical_gradient, reference.numerical_gradient, FUNCTIONS, POINTS, c.sampled(0.25, 1e-2, 1e-5), **NEAR
    )


@c.check("arrays of any shape")
def matrices_and_more(learner, reference, rng):
    weights = "np.arange(1, x.size + 1).reshape(x.shape)"
    f = c.function(f"lambda x: float(np.sum({weights} * x**2))")
    for shape in ((2, 3), (3, 1), (2, 1, 2), (1, 1), ()):
        x = np.asarray(rng.normal(size=shape))
        wanted = 2 * np.arange(1, x.size + 1).reshape(shape) * x
        c.close(
            learner.numerical_gradient(f, x), wanted, **NEAR, what="the gradient", inputs=(f, x),
            message=f"The gradient at a point of shape {shape} has this shape, one slope for each entry.",
        )  # fmt: skip


@c.check("integer points work")
def integer_points(learner, reference, rng):
    f = c.function("lambda x: float(np.sum(x**2)) if x.dtype == np.float64 else math.nan")
    for x in (np.array([1, -2, 3]), np.array([[4, 0]]), np.array([0.5, 2], dtype=np.float32)):
        got = learner.numerical_gradient(f, x)
        c.close(
            got, 2.0 * x, **NEAR, what="the gradient", inputs=(f, x),
            message=f"The point has dtype {x.dtype}, in which a step of 0.00001 is lost: f must get float64.",
        )  # fmt: skip
        c.dtype(got, np.float64, what="the gradient")


@c.check("f is called twice for each entry", axis="efficient")
def calls(learner, reference, rng):
    # A function that may be called only so often, and is constant till then.
    for shape in ((5,), (2, 3)):
        n = int(np.prod(shape))
        f = c.function("lambda x: 1.0", calls=2 * n)
        try:
            got = learner.numerical_gradient(f, np.ones(shape))
        except c.LearnerError as error:
            if error.type != "CallBudgetError":
                raise
            message = f"f was called more than {2 * n} times for {n} entries. In a network each call is a forward pass."
            raise c.failed("f is called twice for each entry", message, args=(f, np.ones(shape))) from error
        c.close(got, np.zeros(shape), what="the gradient of a constant", inputs=(f, np.ones(shape)))


@c.check("small entries show beside large ones")
def small_entries_show(learner, reference, rng):
    for a, b, wanted in (
        ([1e6, 1e-3], [1e6, 2e-3], 0.5), ([6.0, 1.0], [6.0, 2.0], 0.5), ([1.0, -1.0], [1.0, 1.0], 2.0),
        ([[3.0], [4.0]], [[3.0], [0.0]], 1.0), ([2.0], [2.0], 0.0),
    ):  # fmt: skip
        for one, other in ((a, b), (b, a)):
            args = np.array(one), np.array(other)
            c.close(
                learner.relative_error(*args), wanted, what="the relative error", inputs=args,
                message="Each entry is measured by its own size.",
            )  # fmt: skip
    n = c.dim(1, 4)
    c.same_as_reference(learner.relative_error, reference.relative_error, c.arrays((n, 2)), c.arrays((n, 2)))


@c.check("entries near 0 have a floor", axis="stable")
def floor(learner, reference, rng):
    for a, b, wanted in ((0.0, 0.0, 0.0), (1e-12, -1e-12, 2e-4), (3e-9, 0.0, 0.3), (0.0, 4e-8, 1.0)):
        args = np.array([1.0, a]), np.array([1.0, b])
        c.close(
            learner.relative_error(*args), wanted, what="the relative error", inputs=args, atol=1e-12,
            message="Below 1e-8 the difference is divided by 1e-8: tiny slopes are mostly rounding.",
        )  # fmt: skip


@c.check("NaN is no agreement", axis="stable")
def nan_is_no_agreement(learner, reference, rng):
    good = np.array([1.0, 2.0, 3.0])
    for place in range(3):
        bad = good.copy()
        bad[place] = np.nan
        for args in ((bad, good), (good, bad), (bad, bad)):
            got = learner.relative_error(*args)
            if not np.isnan(got):
                message = f"A gradient with NaN in it must not pass: the relative error is NaN, not {got}."
                raise c.failed("NaN is no agreement", message, args=args, got=got, expected=np.nan)


@c.check("the point stays exactly as it is")
def inputs_unchanged(learner, reference, rng):
    c.no_mutation(learner.numerical_gradient, SQUARES, rng.normal(size=(3, 4)))
    c.no_mutation(learner.relative_error, rng.normal(size=4), rng.normal(size=4))
