"""What the six array functions must do."""

import ast

import numpy as np

from cairn.judge import checks as c
from cairn.judge.checks.check import setting

FORBIDDEN = ("numpy.vectorize", "numpy.apply_along_axis", "numpy.apply_over_axes", "numpy.frompyfunc", "numpy.fromiter")
LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
n, m, d = c.dim(1, 4), c.dim(1, 5), c.dim(1, 3)


def agree(function, reference, args, hint, **tolerance):
    """One call gives what the reference gives; where it does not, the hint comes first."""
    try:
        c.same_as_reference(function, reference, *map(c.just, args), examples=1, **tolerance)
    except c.CheckFailed as failure:
        if failure.finding.outcome != "wrong":
            raise
        raise failure.because(message=f"{hint} {failure.finding.message}") from failure.__cause__


@c.check("one_hot marks one class in each row")
def one_hot(learner, reference, rng):
    labels = c.arrays(shape=(n,), integers=True, high=2)
    c.same_as_reference(learner.one_hot, reference.one_hot, labels, c.sampled(3, 4, 6), examples=10)
    c.dtype(learner.one_hot(np.array([1, 0]), 2), np.float64, what="one_hot")


@c.check("centre_rows takes the mean of each row away")
def centre(learner, reference, rng):
    c.same_as_reference(learner.centre_rows, reference.centre_rows, c.arrays(shape=(n, m)))


@c.check("squared_distances compares every row with every row")
def distances(learner, reference, rng):
    rows = c.arrays(shape=(n, d)), c.arrays(shape=(m, d))
    c.same_as_reference(learner.squared_distances, reference.squared_distances, *rows)


@c.check("distances far from the origin keep their digits", axis="stable")
def distant(learner, reference, rng):
    def shifted(a, b, far):
        """moving all points by the same vector changes no distance"""
        got = learner.squared_distances(a + far, b + far)
        c.close(
            got, reference.squared_distances(a, b), inputs=(a + far, b + far),
            message="Subtract the points before you square: their large common part cancels exactly.",
        )  # fmt: skip

    whole = {"integers": True, "low": -4, "high": 4, "dtype": np.float32}
    points = c.arrays(shape=(n, d), **whole), c.arrays(shape=(m, d), **whole)
    c.property(
        lambda a, b, far: shifted(a.astype(float), b.astype(float), far), *points, c.sampled(1e4, 1e6, 1e9),
        examples=6, name="moving all points changes no distance",
    )  # fmt: skip


@c.check("split_heads moves blocks of features")
def heads(learner, reference, rng):
    def split(batch, time, heads, size):
        """head k holds the k-th block of the features at every time"""
        x = np.arange(float(batch * time * heads * size)).reshape(batch, time, heads * size)
        text = "Head k at time t holds x[:, t, k*size:(k+1)*size]."
        agree(learner.split_heads, reference.split_heads, (x, heads), text)

    small = c.integers(1, 3)
    c.property(split, small, small, small, small, examples=12)


@c.check("windows holds every run of neighbours")
def runs(learner, reference, rng):
    def slide(x, spare):
        """row i holds x[i] to x[i + width - 1], and the last row ends with the last entry"""
        width = max(1, len(x) - spare)
        text = "There is one window for each start from 0 to n - width."
        agree(learner.windows, reference.windows, (x, width), text)

    c.property(slide, c.arrays(shape=(c.dim(1, 7),), low=-9, high=9), c.integers(0, 6), examples=12)


@c.check("masked_mean sees the visible entries only")
def masked(learner, reference, rng):
    def hidden(x, seen):
        """hidden entries, NaN too, enter neither the sum nor the count"""
        mask = seen == 1
        x = np.where(mask | (seen == 2), x, np.nan)
        text = "Only entries with a true mask enter the sum and the count; without any the mean is 0."
        agree(learner.masked_mean, reference.masked_mean, (x, mask), text)

    c.property(hidden, c.arrays(shape=(n, m)), c.arrays(shape=(n, m), integers=True, high=2), examples=16)


@c.check("the arguments are left as they were")
def untouched(learner, reference, rng):
    x, y = rng.normal(size=(3, 4)), rng.normal(size=(2, 4))
    c.no_mutation(learner.one_hot, np.array([2, 0, 1]), 3)
    c.no_mutation(learner.centre_rows, x)
    c.no_mutation(learner.squared_distances, x, y)
    c.no_mutation(learner.split_heads, x[None], 2)
    c.no_mutation(learner.windows, x[0], 2)
    c.no_mutation(learner.masked_mean, x, x > 0)


@c.check("no loop is written", axis="efficient")
def loops(learner, reference, rng):
    for node in ast.walk(ast.parse(setting().source)):
        if isinstance(node, LOOPS):
            raise c.failed(
                "no loop is written",
                f"Line {node.lineno} loops in Python. State the result for whole arrays; NumPy loops in compiled code.",
            )
    c.from_scratch(learner.windows, np.arange(4.0), 2, forbid=FORBIDDEN)
