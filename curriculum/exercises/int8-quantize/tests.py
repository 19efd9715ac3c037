"""What quantising rows to int8 must do, whatever the code looks like."""

import numpy as np

from cairn.judge import checks as c

N, D = c.dim(1, 4), c.dim(1, 5)


@c.check("the largest entry of a row lands on 127")
def scales(learner, reference, rng):
    def holds(x):
        """each row's scale is its largest absolute value over 127"""
        q, scale = learner.quantize(x)
        wanted = np.abs(x).max(axis=1) / 127
        c.close(scale, np.where(wanted == 0, 1, wanted), inputs=(x,), what="the scale")
        c.shape(q, x.shape, what="q")
        c.equal(
            np.abs(np.asarray(q, dtype=int)).max(axis=1), np.where(wanted == 0, 0, 127), inputs=(x,),
            what="the largest absolute value of q in each row",
        )  # fmt: skip

    c.property(holds, c.arrays((N, D)), examples=10)


@c.check("the error is at most half a step")
def error(learner, reference, rng):
    def holds(x):
        """no entry moves by more than half a step of its own row"""
        q, scale = learner.quantize(x)
        missed = np.abs(np.asarray(q) * np.asarray(scale)[:, None] - x)
        assert (missed <= 0.5001 * np.asarray(scale)[:, None]).all(), (
            f"An entry moved by {(missed / np.asarray(scale)[:, None]).max():.3g} steps; rounding to the nearest"
            " level moves it by at most half a step of its row."
        )

    c.property(holds, c.arrays((N, D)), examples=10)


@c.check("quotients are rounded to the nearest integer")
def rounds(learner, reference, rng):
    # The scales are 1, 2 and 1/2, so that every quotient is exact.
    steps = np.array([[127, 0.5, 1.5, -0.5, -1.5, 2.5, 1.75, -1.75], [-127, 0.25, -0.25, 126.5, -126.5, 3, -3, 0.0]])
    for factor in (1.0, 2.0, 0.5):
        x = factor * steps
        c.close(
            learner.quantize(x)[0], np.rint(steps).astype(np.int8), inputs=(x,), what="q",
            message="Quotients go to the nearest integer, halves to the even one.",
        )  # fmt: skip


@c.check("every row has its own scale")
def rows(learner, reference, rng):
    def both(x, sizes):
        """a row is quantised as if it were alone"""
        x = x * (10.0 ** sizes)[:, None]
        q, scale = learner.quantize(x)
        alone = [learner.quantize(x[i : i + 1]) for i in range(len(x))]
        c.close(q, np.concatenate([a for a, _ in alone]), inputs=(x,), what="q")
        c.close(scale, np.concatenate([s for _, s in alone]), rtol=1e-9, atol=0, inputs=(x,), what="the scale")

    n = c.dim(2, 3)
    c.property(both, c.arrays((n, D)), c.arrays((n,), integers=True, low=-3, high=3), examples=5)


@c.check("a row of zeros has scale 1", axis="stable")
def zeros(learner, reference, rng):
    for x in (np.zeros((1, 3)), np.array([[0.0, 0.0], [254.0, -2.0]])):
        c.close(
            list(learner.quantize(x)), list(reference.quantize(x)), inputs=(x,), what="(q, scale)",
            message="There is nothing to scale in a row of zeros; its scale is 1 and all q are 0.",
        )  # fmt: skip


@c.check("very large and very small numbers are scaled", axis="stable")
def sizes(learner, reference, rng):
    for size in (1e-200, 1e-9, 1e9, 1e200):
        x = size * np.array([[127.0, -64.0, 3.2], [1.0, 0.0, 0.3]])
        q, scale = learner.quantize(x)
        wanted, exact = reference.quantize(x)
        c.close(q, wanted, inputs=(x,), what="q")
        c.close(scale, exact, rtol=1e-9, atol=0, inputs=(x,), what="the scale")


@c.check("q is int8 and numbers of any kind are taken")
def kinds(learner, reference, rng):
    for x in ([[1, -2], [3, 0]], np.array([[-128, 3]], dtype=np.int8), np.float16([[600.0, 1.0]]), np.float32([[1.5]])):
        q, scale = learner.quantize(x)
        c.dtype(q, "int8", what="q")
        c.dtype(scale, "float64", what="the scale")
        c.close([q, scale], list(reference.quantize(x)), rtol=1e-9, inputs=(x,), what="(q, scale)")


@c.check("dequantising multiplies each row by its scale")
def back(learner, reference, rng):
    q = c.arrays((N, D), integers=True, low=-127, high=127, dtype=np.int8)
    c.same_as_reference(learner.dequantize, reference.dequantize, q, c.arrays((N,), low=0.01, high=3))
    c.dtype(learner.dequantize(np.int8([[3]]), np.array([0.5])), "float64", what="the dequantised array")


@c.check("the arguments stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(learner.quantize, np.array([[1.0, -3.0], [0.0, 0.0]]))
    c.no_mutation(learner.dequantize, np.int8([[1, 2]]), np.array([0.5]))
