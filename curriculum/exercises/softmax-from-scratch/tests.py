"""What softmax and its backward pass must do."""

import numpy as np

from cairn.judge import checks as c

FORBIDDEN = (
    "numpy.logaddexp*", "scipy.*", "torch.softmax", "torch.log_softmax", "torch.logsumexp", "torch.nn.*",
    "torch.special.*", "torch.Tensor.softmax", "torch.Tensor.log_softmax", "torch.Tensor.logsumexp",
)  # fmt: skip


@c.check("every slice sums to one")
def sums(learner, reference, rng):
    c.rows_sum_to_one(learner.softmax, c.arrays(max_dims=3))


@c.check("any axis can be normalised")
def axes(learner, reference, rng):
    cube = c.arrays(shape=(c.dim(1, 4), c.dim(1, 4), c.dim(1, 4)))
    c.same_as_reference(learner.softmax, reference.softmax, cube, c.sampled(0, 1, -1, -2), rtol=1e-10)


@c.check("integers give float64, float32 stays")
def kinds(learner, reference, rng):
    for x, kind in (([[1, 2], [3, 5]], "float64"), (np.array([3, 1]), "float64"), (np.float32([1, 2]), "float32")):
        got = learner.softmax(x)
        c.dtype(got, kind, what=f"softmax of {'a list' if isinstance(x, list) else x.dtype}")
        c.close(got, reference.softmax(x), inputs=(x,))


@c.check("masked scores get probability 0")
def masked(learner, reference, rng):
    def hidden(x, keep):
        """-inf gets probability 0, and a slice that is all -inf gives zeros"""
        x = np.where(keep == 1, x, -np.inf)
        c.close(
            learner.softmax(x), reference.softmax(x), inputs=(x,),
            message="A score of -inf has no share of the total; where all are -inf, every share is 0.",
        )  # fmt: skip

    n, m = c.dim(1, 3), c.dim(1, 4)
    c.property(hidden, c.arrays(shape=(n, m)), c.arrays(shape=(n, m), integers=True, high=1), examples=12)


@c.check("large scores do no harm", axis="stable")
def large(learner, reference, rng):
    c.stable(learner.softmax, reference.softmax)


@c.check("slices of different height do not disturb each other", axis="stable")
def heights(learner, reference, rng):
    def apart(x):
        """a slice is normalised as if it were alone, however high its neighbours lie"""
        x = x + np.array([[5000.0], [0.0], [-5000.0]])
        c.close(
            learner.softmax(x), reference.softmax(x), inputs=(x,),
            message="Each slice must be measured from its own maximum.",
        )  # fmt: skip

    c.property(apart, c.arrays(shape=(3, c.dim(1, 4))), examples=6)


@c.check("the backward pass is the gradient")
def backward(learner, reference, rng):
    weights = rng.normal(size=(3, 4))
    for axis in (-1, 0):
        c.gradient(
            lambda z, axis=axis: np.sum(weights * reference.softmax(z, axis)),
            lambda z, axis=axis: learner.softmax_backward(reference.softmax(z, axis), weights, axis),
            {"z": rng.normal(size=(3, 4))},
        )
    p = reference.softmax(rng.normal(size=(2, 3, 4)))
    grad = rng.normal(size=p.shape)
    c.close(learner.softmax_backward(p, grad), reference.softmax_backward(p, grad), inputs=(p, grad))


@c.check("the backward pass costs O(C)", axis="efficient")
def linear(learner, reference, rng):
    for unit in ("operations", "bytes"):
        c.cost(
            learner.softmax_backward, lambda n: (np.full((2, n), 1 / n), np.ones((2, n))), at_most=1,
            sizes=(16, 32, 64), of=unit,
        )  # fmt: skip


@c.check("the input is left as it was")
def untouched(learner, reference, rng):
    x = rng.normal(size=(3, 4))
    c.no_mutation(learner.softmax, x)
    c.no_mutation(learner.softmax_backward, reference.softmax(x), rng.normal(size=(3, 4)))


@c.check("softmax is written from scratch", axis="from scratch")
def scratch(learner, reference, rng):
    c.from_scratch(learner.softmax, rng.normal(size=(2, 3)), forbid=FORBIDDEN)
