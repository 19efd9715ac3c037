"""What the norms and the cosine must do."""

import math

import numpy as np

from cairn.judge import checks as c

vectors = c.arrays(max_dims=3)


@c.check("l1_norm adds absolute values")
def l1(learner, reference, rng):
    c.same_as_reference(learner.l1_norm, lambda x: np.abs(x).sum(axis=-1), vectors)


@c.check("l2_norm is the Euclidean length")
def l2(learner, reference, rng):
    c.same_as_reference(learner.l2_norm, lambda x: np.sqrt((x * x).sum(axis=-1)), vectors, rtol=1e-12)


@c.check("linf_norm is the largest absolute value")
def linf(learner, reference, rng):
    c.same_as_reference(learner.linf_norm, lambda x: np.abs(x).max(axis=-1), vectors)


@c.check("lists of integers give float64")
def lists(learner, reference, rng):
    for name, value in (("l1_norm", 7.0), ("l2_norm", 5.0), ("linf_norm", 4.0)):
        got = getattr(learner, name)([[3, -4], [0, 0]])
        c.dtype(got, np.float64, what=name)
        c.close(got, np.array([value, 0.0]), what=name, inputs=([[3, -4], [0, 0]],))
    got = learner.cosine_similarity([[3, -4]], [[1, 0], [0, 2]])
    c.close(got, np.array([[0.6, -0.8]]), what="cosine_similarity", inputs=([[3, -4]], [[1, 0], [0, 2]]))


@c.check("huge and tiny vectors keep their length", axis="stable")
def extreme(learner, reference, rng):
    def scaled(x, size):
        """a vector a times as long has a times the length, also where its squares are no floats"""
        exact = np.array([math.hypot(*row) for row in x])
        c.close(
            learner.l2_norm(x * size) / size, exact, rtol=1e-9, atol=0, inputs=(x * size,),
            message="Divide by the largest entry before squaring, and multiply back at the end.",
        )  # fmt: skip

    rows = c.arrays(shape=(c.dim(1, 3), c.dim(1, 4)), integers=True, low=-5, high=5)
    c.property(scaled, rows, c.sampled(1.0, 1e200, 1e-200, 1e-310, 1e307), examples=10)


@c.check("cosine_similarity compares all pairs of rows")
def cosines(learner, reference, rng):
    d = c.dim(1, 4)
    rows = c.arrays(shape=(c.dim(1, 4), d)), c.arrays(shape=(c.dim(1, 4), d))
    c.same_as_reference(learner.cosine_similarity, reference.cosine_similarity, *rows)
    a = rng.normal(size=(40, 3))
    got = np.asarray(learner.cosine_similarity(a, np.vstack([a, -a])))
    if np.abs(got).max() > 1:
        text = f"A cosine of {np.abs(got).max()!r} has no angle: rounding leads just outside [-1, 1]. Clip the result."
        raise c.failed("cosines lie in [-1, 1]", text, got=np.abs(got).max())


@c.check("length does not change a cosine", axis="stable")
def scale_free(learner, reference, rng):
    def rescaled(a, b, one, other):
        """the cosine of two vectors does not depend on their lengths"""
        c.close(
            learner.cosine_similarity(a * one, b * other), reference.cosine_similarity(a, b),
            inputs=(a * one, b * other), message="Only the directions count.",
        )  # fmt: skip

    d = c.dim(1, 3)
    rows = c.arrays(shape=(c.dim(1, 2), d)), c.arrays(shape=(c.dim(1, 2), d))
    sizes = c.sampled(1.0, 1e-9, 1e6, 1e-200, 1e200)
    c.property(rescaled, *rows, sizes, sizes, examples=12)


@c.check("a zero vector has cosine 0")
def zeros(learner, reference, rng):
    a, b = np.array([[0.0, 0.0], [1.0, 2.0]]), np.array([[3.0, 4.0], [0.0, 0.0]])
    expected = np.array([[0.0, 0.0], [11 / 125**0.5, 0.0]])
    text = "A zero vector has no direction; its cosine with everything is defined as 0."
    c.close(learner.cosine_similarity(a, b), expected, inputs=(a, b), message=text)


@c.check("the arguments are left as they were")
def untouched(learner, reference, rng):
    x = rng.normal(size=(3, 4))
    for name in ("l1_norm", "l2_norm", "linf_norm"):
        c.no_mutation(getattr(learner, name), x)
    c.no_mutation(learner.cosine_similarity, x, rng.normal(size=(2, 4)))


@c.check("the norms are written from scratch", axis="from scratch")
def scratch(learner, reference, rng):
    c.from_scratch(learner.l2_norm, rng.normal(size=(2, 3)), forbid=("numpy.linalg.*", "scipy.*"))
    c.from_scratch(learner.cosine_similarity, np.eye(2), np.eye(2), forbid=("numpy.linalg.*", "scipy.*"))
