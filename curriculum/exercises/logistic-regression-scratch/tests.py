"""What logistic regression must do."""

import numpy as np

from cairn.judge import checks as c

n, d = c.dim(1, 5), c.dim(1, 3)
weights, bias, rows = c.arrays(shape=(d,)), c.floats(-2, 2), c.arrays(shape=(n, d))
labels = c.arrays(shape=(n,), integers=True, high=1)


def agree(function, reference, args, hint, **tolerance):
    """One call gives what the reference gives; where it does not, the hint comes first."""
    try:
        c.same_as_reference(function, reference, *map(c.just, args), examples=1, **tolerance)
    except c.CheckFailed as failure:
        if failure.finding.outcome != "wrong":
            raise
        raise failure.because(message=f"{hint} {failure.finding.message}") from failure.__cause__


@c.check("the loss is the mean log loss")
def loss(learner, reference, rng):
    def mean(w, b, x, y):
        """without a penalty the loss is the average of -log p or -log(1 - p)"""
        p = 1 / (1 + np.exp(-(x @ w + b)))
        right = -np.mean(np.log(np.where(y == 1, p, 1 - p)))
        got = learner.loss_and_gradient(w, b, x, y, 0.0)[0]
        c.close(got, right, what="the loss", rtol=1e-6, atol=1e-8, inputs=(w, b, x, y, 0.0))

    small = c.arrays(shape=(d,), low=-2, high=2), bias, c.arrays(shape=(n, d), low=-2, high=2)
    c.property(mean, *small, labels, examples=8)


@c.check("the penalty leaves the intercept out")
def penalty(learner, reference, rng):
    x, y = rng.normal(size=(4, 2)), np.array([1, 0, 0, 1])
    text = "The penalty adds l2 / 2 times the squared length of w to the loss, and nothing for b."
    for w, b in ((np.zeros(2), 3.0), (np.array([2.0, -1.0]), 0.0), (np.array([1.0, 3.0]), -2.0)):
        agree(learner.loss_and_gradient, reference.loss_and_gradient, (w, b, x, y, 0.7), text)


@c.check("the gradient is that of the loss")
def gradient(learner, reference, rng):
    x, y = rng.normal(size=(5, 3)), np.array([1, 0, 1, 1, 0])
    for l2 in (0.0, 0.5):
        c.gradient(
            lambda w, b, l2=l2: reference.loss_and_gradient(w, float(b), x, y, l2)[0],
            lambda w, b, l2=l2: learner.loss_and_gradient(w, float(b), x, y, l2)[1:],
            {"w": rng.normal(size=3), "b": 0.3}, wrt=("w", "b"),
        )  # fmt: skip


@c.check("float labels and a single row work too")
def edges(learner, reference, rng):
    one = np.zeros(2), 0.0, np.array([[1.0, 3.0]]), np.array([1.0]), 0.0
    two = np.ones(1), -1.0, np.array([[2.0], [0.5]]), np.array([0.0, 1.0]), 0.1
    for args in (one, two):
        agree(learner.loss_and_gradient, reference.loss_and_gradient, args, "Expected: (loss, grad_w, grad_b).")


@c.check("extreme scores do no harm", axis="stable")
def extreme(learner, reference, rng):
    def far(size, y):
        """a score of a thousand costs a thousand if it is wrong and nothing if it is right"""
        args = np.array([size]), 0.0, np.array([[1.0], [-1.0]]), np.array(y), 0.0
        text = "The loss of a score z is log(1 + e^-z) or log(1 + e^z); neither needs p itself."
        agree(learner.loss_and_gradient, reference.loss_and_gradient, args, text, rtol=1e-9, atol=1e-12)
        text = "Compute the probability from an exponential that is at most 1."
        agree(learner.predict_probability, reference.predict_probability, args[:3], text, atol=1e-12)

    c.property(far, c.sampled(1.0, 30.0, 40.0, 800.0, 1e5), c.sampled([1, 0], [0, 1], [1, 1]), examples=8)


@c.check("fit takes plain steps from zero")
def fit(learner, reference, rng):
    c.same_as_reference(
        learner.fit, reference.fit, rows, labels, c.sampled(0.5, 0.1), c.integers(0, 8), c.sampled(0.0, 0.3),
        examples=12, rtol=1e-8,
    )  # fmt: skip


@c.check("predictions are probabilities of label 1")
def predictions(learner, reference, rng):
    c.same_as_reference(
        learner.predict_probability, lambda w, b, x: 1 / (1 + np.exp(-(x @ w + b))), weights, bias, rows, examples=12
    )


@c.check("the arguments are left as they were")
def untouched(learner, reference, rng):
    w, x, y = rng.normal(size=2), rng.normal(size=(4, 2)), np.array([0, 1, 1, 0])
    c.no_mutation(learner.loss_and_gradient, w, 0.5, x, y, 0.1)
    c.no_mutation(learner.fit, x, y, 0.1, 3, 0.1)
    c.no_mutation(learner.predict_probability, w, 0.5, x)
