"""What an embedding and its gradient do."""

import numpy as np

from cairn.judge import checks as c

V, D = c.dim(3, 5), c.dim(1, 3)
TABLE = c.arrays((V, D))

# Results may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-5}


def ids(*shape):
    """Ids below 3, which is in every table here; repetitions are frequent."""
    return c.arrays(shape, integers=True, low=0, high=2)


@c.check("looks up the rows")
def rows(learner, reference, rng):
    c.same_as_reference(learner.embed, reference.embed, TABLE, ids(c.dim(1, 5)), **NEAR)
    c.equal(learner.embed(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1, 0])), [[3.0, 4.0], [1.0, 2.0]])


@c.check("the ids keep their shape")
def shapes(learner, reference, rng):
    for shape in ((2, 3), (1, 2, 2), (0,), (2, 0)):
        c.same_as_reference(learner.embed, reference.embed, TABLE, ids(*shape), examples=2, **NEAR)
        c.same_as_reference(
            learner.embed_backward, reference.embed_backward, c.arrays((*shape, D)), ids(*shape), 4, examples=3, **NEAR
        )


@c.check("negative ids are refused")
def negative(learner, reference, rng):
    table = rng.normal(size=(4, 2))
    for bad in ([-1], [0, -4, 1], [[1, 2], [-2, 3]]):
        c.raises(learner.embed, table, np.array(bad), error="IndexError")


@c.check("ids beyond the vocabulary are refused")
def beyond(learner, reference, rng):
    table = rng.normal(size=(4, 2))
    for bad in ([4], [[1, 2], [3, 100]]):
        c.raises(learner.embed, table, np.array(bad), error="IndexError")
    c.close(learner.embed(table, np.array([0, 3])), table[[0, 3]], **NEAR)


@c.check("every row gets its gradient")
def distinct(learner, reference, rng):
    def holds(grad_out):
        order = np.array([2, 0, 1])
        wanted = np.zeros((5, grad_out.shape[1]))
        wanted[order] = grad_out
        c.close(
            learner.embed_backward(grad_out, order, 5), wanted, **NEAR, inputs=(grad_out, order, 5),
            message="Each id occurs at most once, so its row gets the gradient as it is, and the others get zeros.",
        )  # fmt: skip

    c.property(holds, c.arrays((3, D)), examples=4, name="every row gets its gradient")


@c.check("repeated ids add up")
def repeated(learner, reference, rng):
    k = c.dim(1, 6)
    c.same_as_reference(
        learner.embed_backward, reference.embed_backward, c.arrays((k, D)), ids(k), c.integers(3, 5), **NEAR
    )


@c.check("the backward pass is the transpose of the lookup")
def transpose(learner, reference, rng):
    def holds(table, where, grad_out):
        looked_up, grad = learner.embed(table, where), learner.embed_backward(grad_out, where, len(table))
        c.shape(looked_up, grad_out.shape, what="the lookup")
        c.shape(grad, table.shape, what="the gradient")
        c.close(
            (table * grad).sum(), (looked_up * grad_out).sum(), rtol=1e-3, atol=1e-4, what="the inner product of table and gradient",
            message="Lookup is linear in the table, so sum(table * gradient) must equal sum(lookup * grad_out).",
        )  # fmt: skip

    c.property(
        holds, TABLE, ids(2, 3), c.arrays((2, 3, D)), examples=4,
        name="the backward pass is the transpose of the lookup",
    )  # fmt: skip


@c.check("no one-hot matrix is formed", axis="efficient")
def lean(learner, reference, rng):
    def forward(n):
        return np.ones((8 * n, 2)), np.arange(n)

    def backward(n):
        return np.ones((n, 2)), np.arange(n), 8 * n

    c.cost(learner.embed, forward, at_most=1, sizes=(64, 128, 256), of="bytes")
    c.cost(learner.embed_backward, backward, at_most=1, sizes=(64, 128, 256), of="bytes")


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(learner.embed, rng.normal(size=(3, 2)), np.array([0, 2]))
    c.no_mutation(learner.embed_backward, rng.normal(size=(3, 2)), np.array([0, 2, 0]), 4)
