"""What log-sum-exp and log-softmax must do."""

import numpy as np

from cairn.judge import checks as c

FORBIDDEN = ("numpy.logaddexp*", "scipy.*", "torch.*")
cube = c.arrays(shape=(c.dim(1, 4), c.dim(1, 4), c.dim(1, 4)))
axes = c.sampled(0, 1, -1, -2)


@c.check("agrees with the formula along any axis")
def formula(learner, reference, rng):
    c.same_as_reference(learner.logsumexp, reference.logsumexp, cube, axes, c.sampled(False, True), rtol=1e-10)
    c.same_as_reference(learner.log_softmax, reference.log_softmax, cube, axes, examples=12, rtol=1e-10)
    c.same_as_reference(learner.logsumexp, reference.logsumexp, cube, examples=4)
    c.same_as_reference(learner.log_softmax, reference.log_softmax, cube, examples=4)


@c.check("integers give float64, float32 stays")
def kinds(learner, reference, rng):
    for x, kind in (([[1, 2], [3, 5]], "float64"), (np.array([[3, 1]]), "float64"), (np.float32([[1, 2]]), "float32")):
        name = "a list" if isinstance(x, list) else x.dtype
        for function in ("logsumexp", "log_softmax"):
            got = getattr(learner, function)(x)
            c.dtype(got, kind, what=f"{function} of {name}")
            c.close(got, getattr(reference, function)(x), inputs=(x,))


@c.check("large and small scores do no harm", axis="stable")
def large(learner, reference, rng):
    for sign in (1.0, -1.0):
        c.stable(learner.logsumexp, reference.logsumexp, inputs=lambda rng, s=sign: s * (1 + rng.random((3, 4))))
    # The logarithm keeps the absolute error of large scores, so single precision is compared at one size only.
    c.stable(learner.log_softmax, reference.log_softmax, dtypes=("float64",))
    x = np.float32([[200.0, 198.0], [-300.0, -300.0]])
    c.close(learner.log_softmax(x), reference.log_softmax(x), atol=1e-3, what="log_softmax", inputs=(x,))


@c.check("tiny probabilities keep their logarithm", axis="stable")
def tiny(learner, reference, rng):
    def far_below(gap, kind):
        """the logarithm of a probability is known even where the probability is too small for a float"""
        x = np.array([0.0, -gap], dtype=kind)
        got = learner.log_softmax(x)
        c.close(
            got, reference.log_softmax(x), inputs=(x,),
            message="Subtract the log-sum-exp from the scores; a probability in between may already be 0.",
        )  # fmt: skip

    c.property(far_below, c.sampled(30.0, 60.0, 200.0, 1000.0), c.sampled("float64", "float32"), examples=8)


@c.check("slices of different height do not disturb each other", axis="stable")
def heights(learner, reference, rng):
    def apart(x):
        """a slice is treated as if it were alone, however high its neighbours lie"""
        x = x + np.array([[5000.0], [0.0], [-5000.0]])
        for function in ("logsumexp", "log_softmax"):
            c.close(
                getattr(learner, function)(x), getattr(reference, function)(x), what=function, inputs=(x,),
                message="Each slice must be measured from its own maximum.",
            )  # fmt: skip

    c.property(apart, c.arrays(shape=(3, c.dim(1, 4))), examples=6)


@c.check("infinite scores give infinities", axis="stable")
def infinite(learner, reference, rng):
    def edges(x):
        """+inf anywhere gives +inf, -inf everywhere gives -inf, and other -inf add nothing"""
        x = np.choose(x, [-np.inf, 0.5, 2.0, np.inf])
        c.close(
            learner.logsumexp(x), reference.logsumexp(x), what="logsumexp", inputs=(x,),
            message="exp(-inf) is 0 and log(0) is -inf; only inf - inf has no value.",
        )  # fmt: skip

    c.property(edges, c.arrays(shape=(c.dim(1, 3), c.dim(1, 4)), integers=True, high=3), examples=20)
    x = np.array([[0.0, -np.inf], [-np.inf, 3.0]])
    c.close(learner.log_softmax(x), reference.log_softmax(x), what="log_softmax", inputs=(x,))


@c.check("the input is left as it was")
def untouched(learner, reference, rng):
    c.no_mutation(learner.logsumexp, rng.normal(size=(3, 4)))
    c.no_mutation(learner.log_softmax, rng.normal(size=(3, 4)))


@c.check("both are written from scratch", axis="from scratch")
def scratch(learner, reference, rng):
    c.from_scratch(learner.logsumexp, rng.normal(size=(2, 3)), forbid=FORBIDDEN)
    c.from_scratch(learner.log_softmax, rng.normal(size=(2, 3)), forbid=FORBIDDEN)
