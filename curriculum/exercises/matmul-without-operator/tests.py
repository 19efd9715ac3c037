"""What a matrix product written by hand must do."""

import numpy as np

from cairn.judge import checks as c

FORBIDDEN = (
    "operator.matmul", "operator.imatmul", "numpy.matmul", "numpy.dot", "numpy.vdot", "numpy.inner", "numpy.vecdot",
    "numpy.matvec", "numpy.vecmat", "numpy.tensordot", "numpy.einsum*", "numpy.convolve", "numpy.correlate",
    "numpy.matrix", "numpy.asmatrix", "numpy.linalg.*", "numpy.ndarray.dot", "*.__matmul__", "*.__rmatmul__",
)  # fmt: skip
m, k, n = c.dim(1, 4), c.dim(1, 4), c.dim(1, 4)


@c.check("each entry is a row of a times a column of b")
def definition(learner, reference, rng):
    c.same_as_reference(
        learner.matmul, lambda a, b: np.asarray(a) @ np.asarray(b), c.arrays(shape=(m, k)), c.arrays(shape=(k, n))
    )


@c.check("lists and empty inner sizes are matrices too")
def edges(learner, reference, rng):
    c.close(learner.matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]]), np.array([[19, 22], [43, 50]]))
    c.close(
        learner.matmul(np.ones((2, 0)), np.ones((0, 3))), np.zeros((2, 3)),
        inputs=(np.ones((2, 0)), np.ones((0, 3))), message="A sum of no terms is 0.",
    )  # fmt: skip


@c.check("the dtype is that of both matrices together")
def kinds(learner, reference, rng):
    whole, half = np.array([[1, 2], [3, 4]]), np.array([[0.5, 1.5], [2.5, 0.25]])
    pairs = [(whole, whole), (whole, half), (half, whole), (half.astype("f4"), half.astype("f4")), (half, half + 1j)]
    for a, b in pairs:
        got = learner.matmul(a, b)
        c.dtype(got, np.result_type(a, b), what=f"the product of {a.dtype} and {b.dtype}")
        c.close(got, a @ b, inputs=(a, b))


@c.check("inner sizes that differ are refused")
def sizes(learner, reference, rng):
    for one, other in (((2, 3), (2, 3)), ((2, 3), (4, 2)), ((2, 3), (2, 4))):
        c.raises(learner.matmul, np.ones(one), np.ones(other))


@c.check("an inner size of 1 does not stretch, and vectors are refused")
def stretched(learner, reference, rng):
    shapes = [((2, 1), (3, 2)), ((2, 3), (1, 2)), ((3,), (3, 2)), ((2, 3), (3,))]
    for one, other in [*shapes, ((1, 2, 2), (2, 2)), ((2, 2), (2, 2, 1))]:
        c.raises(learner.matmul, np.ones(one), np.ones(other))


@c.check("no array holds all the products", axis="efficient")
def memory(learner, reference, rng):
    a, b = np.ones((20, 8)), np.ones((8, 20))
    _, seen = learner.matmul.watch(((a, b), {}), "cost")
    products, peak = 20 * 8 * 20 * 8, int(seen["cost"][1])
    if peak >= products:
        text = (
            f"For sizes 20, 8 and 20 the call needs {peak} bytes, as much as all m·k·n products together ({products})."
            " Add each term to the result as soon as it is formed."
        )
        raise c.failed("no array holds all the products", text, detail={"bytes": peak})


@c.check("the inputs are left as they were")
def untouched(learner, reference, rng):
    c.no_mutation(learner.matmul, rng.normal(size=(2, 3)), rng.normal(size=(3, 4)))


@c.check("the sums are written out", axis="from scratch")
def scratch(learner, reference, rng):
    c.from_scratch(learner.matmul, rng.normal(size=(2, 3)), rng.normal(size=(3, 2)), forbid=FORBIDDEN)
