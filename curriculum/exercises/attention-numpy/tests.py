"""What attention does, however it is written."""

import numpy as np

from cairn.judge import checks as c

N, M, D, E = c.dim(1, 4), c.dim(1, 5), c.dim(1, 6), c.dim(1, 4)
QUERIES, KEYS, VALUES = c.arrays((N, D)), c.arrays((M, D)), c.arrays((M, E))

# The result may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-5}


class Masks(c.Strategy):
    """Boolean arrays; in each row something is True, unless rows may be empty."""

    def __init__(self, shape, *, empty=False):
        self.shape, self.empty = shape, empty

    def dims(self):
        return [n for n in self.shape if not isinstance(n, int)]

    def draw(self, rng, sizes, turn):
        mask = rng.random([sizes.get(n, n) for n in self.shape]) < 0.5
        if not self.empty:
            mask[..., 0] |= ~mask.any(axis=-1)
        return mask

    def resize(self, value, sizes):
        cut = value[tuple(slice(sizes.get(n, n)) for n in self.shape)].copy()
        if not self.empty:
            cut[..., 0] |= ~cut.any(axis=-1)
        return cut


@c.check("agrees with the formula")
def formula(learner, reference, rng):
    c.same_as_reference(learner.attention, reference.attention, QUERIES, KEYS, VALUES, **NEAR)


@c.check("the weights of a query sum to one")
def weights(learner, reference, rng):
    c.invariant(
        "where every value is 1 the result is 1, since the weights of a query sum to one",
        learner.attention,
        lambda got, q, k, v, mask: np.abs(np.asarray(got) - 1) < 1e-5,
        QUERIES, KEYS, c.arrays((M, E), low=1, high=1), Masks((N, M)),
    )  # fmt: skip


@c.check("the scale is the root of the key width")
def scale(learner, reference, rng):
    def holds(q, k, v):
        c.close(
            learner.attention(np.tile(q, 4), np.tile(k, 4), v), learner.attention(2 * q, k, v), **NEAR,
            message="With four copies of all features side by side each dot product is four times as large and"
            " the keys are four times as wide, so the scores should double, as they do for 2q.",
        )  # fmt: skip

    c.property(holds, QUERIES, KEYS, VALUES, examples=4, name="the scale is the root of the key width")


@c.check("hidden keys do not matter")
def hidden(learner, reference, rng):
    c.same_as_reference(learner.attention, reference.attention, QUERIES, KEYS, VALUES, Masks((N, M)), **NEAR)

    def holds(q, k, v, mask):
        gone = ~mask.any(axis=0)
        other_k, other_v = k.copy(), v.copy()
        other_k[gone], other_v[gone] = 5.0, -50.0
        c.equal(
            learner.attention(q, other_k, other_v, mask), learner.attention(q, k, v, mask),
            what="the result after a change of keys and values that no query may see",
        )  # fmt: skip

    c.property(holds, QUERIES, KEYS, VALUES, Masks((N, M)), examples=4, name="hidden keys do not matter")


@c.check("a query that sees nothing gets zeros")
def empty(learner, reference, rng):
    q, k, v = rng.normal(size=(2, 3)), rng.normal(size=(4, 3)), rng.uniform(1, 2, size=(4, 2))
    blind = np.array([[True] * 4, [False] * 4])
    c.close(
        np.asarray(learner.attention(q, k, v, blind))[1], np.zeros(2), **NEAR, inputs=(q, k, v, blind), what="row 1",
        message="The mask hides every key from the second query.",
    )  # fmt: skip
    c.same_as_reference(
        learner.attention, reference.attention, QUERIES, KEYS, VALUES, Masks((N, M), empty=True), **NEAR
    )


@c.check("leading axes and masks broadcast")
def leading(learner, reference, rng):
    q, k, v = c.arrays((2, 3, N, D)), c.arrays((2, 3, M, D)), c.arrays((2, 3, M, E))
    for shape in ((N, M), (2, 1, 1, M), (3, N, M)):
        c.same_as_reference(
            learner.attention, reference.attention, q, k, v, Masks(shape, empty=True), **NEAR, examples=4
        )


@c.check("large scores do not break it", axis="stable")
def large(learner, reference, rng):
    c.stable(
        learner.attention, reference.attention, magnitudes=(1, 3, 10, 30, 60), rtol=5e-3,
        inputs=lambda rng: (rng.normal(size=(4, 3)), rng.normal(size=(5, 3)), rng.uniform(1, 2, (5, 2))),
    )  # fmt: skip


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    q, k, v = rng.normal(size=(2, 3)), rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    c.no_mutation(learner.attention, q, k, v, rng.random((2, 4)) < 0.5)
