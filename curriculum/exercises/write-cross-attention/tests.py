"""What cross-attention does: one sequence asks, another answers."""

import numpy as np

from cairn.judge import checks as c

B, N, M = c.dim(1, 3), c.dim(1, 3), c.dim(1, 4)
DY, DX, DK, DV = c.dim(1, 3), c.dim(1, 4), c.dim(1, 5), c.dim(1, 3)
Y, X = c.arrays((B, N, DY)), c.arrays((B, M, DX))
WEIGHTS = c.arrays((DY, DK)), c.arrays((DX, DK)), c.arrays((DX, DV))

# The result may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-5}


class Masks(c.Strategy):
    """Boolean (B, m) in which every source has a real token."""

    def __init__(self, batch, length):
        self.shape = batch, length

    def dims(self):
        return self.shape

    def draw(self, rng, sizes, turn):
        mask = rng.random([sizes[n] for n in self.shape]) < 0.5
        mask[:, -1] |= ~mask.any(axis=1)
        return mask

    def resize(self, value, sizes):
        cut = value[tuple(slice(sizes[n]) for n in self.shape)].copy()
        cut[:, -1] |= ~cut.any(axis=1)
        return cut


@c.check("agrees with the formula")
def formula(learner, reference, rng):
    # First with all sizes equal: whoever takes the wrong sequence gets numbers to compare, not an error.
    same = c.dim(1, 3)
    square = c.arrays((B, same, same))
    c.same_as_reference(
        learner.cross_attention, reference.cross_attention, square, square, *[c.arrays((same, same))] * 3,
        examples=8, **NEAR,
    )  # fmt: skip
    c.same_as_reference(learner.cross_attention, reference.cross_attention, Y, X, *WEIGHTS, **NEAR)


@c.check("the weights of a query sum to one")
def weights(learner, reference, rng):
    def holds(y, x, w_q, w_k):
        x = np.concatenate([np.ones_like(x[..., :1]), x], axis=-1)
        w_k = np.concatenate([np.zeros_like(w_k[:1]), w_k])
        w_v = np.eye(x.shape[-1])[:, :1]
        got = learner.cross_attention(y, x, w_q, w_k, w_v)
        c.close(
            got, np.ones((*y.shape[:-1], 1)), **NEAR, inputs=(y, x, w_q, w_k, w_v),
            message="If every value is 1, every mixture of values is 1.",
        )  # fmt: skip

    c.property(holds, Y, X, *WEIGHTS[:2], examples=8, name="the weights of a query sum to one")


@c.check("the scale is the root of the key width")
def scale(learner, reference, rng):
    def holds(y, x, w_q, w_k, w_v):
        c.close(
            learner.cross_attention(y, x, np.tile(w_q, 4), np.tile(w_k, 4), w_v),
            learner.cross_attention(2 * y, x, w_q, w_k, w_v), **NEAR,
            message="With four copies of all query and key features each dot product is four times as large and"
            " d_k too, so the scores should double, as they do for 2y.",
        )  # fmt: skip

    c.property(holds, Y, X, *WEIGHTS, examples=4, name="the scale is the root of the key width")
    c.same_as_reference(
        learner.cross_attention, reference.cross_attention, c.arrays((1, 2, 2)), c.arrays((1, 2, 2)),
        c.arrays((2, 8)), c.arrays((2, 8)), c.arrays((2, 2)), examples=4, **NEAR,
    )  # fmt: skip


@c.check("the order of the source does not matter")
def source_order(learner, reference, rng):
    def holds(y, x, w_q, w_k, w_v):
        c.close(
            learner.cross_attention(y, x[:, ::-1], w_q, w_k, w_v),
            learner.cross_attention(y, x, w_q, w_k, w_v), **NEAR,
            message="The source is a set of keys with their values; in another order it gives the same mixture.",
        )  # fmt: skip

    same = c.dim(1, 3)
    c.property(
        holds, c.arrays((B, same, same)), c.arrays((B, same, same)), *[c.arrays((same, same))] * 3, examples=4,
        name="the order of the source does not matter",
    )  # fmt: skip


@c.check("the place of a query does not matter")
def query_order(learner, reference, rng):
    c.permutation_equivariant(learner.cross_attention, Y, X, *WEIGHTS, axis=1, examples=4)


@c.check("each example has its own padding")
def own_padding(learner, reference, rng):
    y, w = c.arrays((B, B, DY)), WEIGHTS  # as many queries as examples, the case in which NumPy confuses them
    c.same_as_reference(
        learner.cross_attention, reference.cross_attention, y, X, *w, Masks(B, M), **NEAR, examples=8
    )


@c.check("padding does not matter")
def padding(learner, reference, rng):
    c.same_as_reference(
        learner.cross_attention, reference.cross_attention, Y, X, *WEIGHTS, Masks(B, M), **NEAR
    )

    def holds(y, x, w_q, w_k, w_v, mask):
        other = np.where(mask[..., None], x, 9.0)
        c.equal(
            learner.cross_attention(y, other, w_q, w_k, w_v, mask),
            learner.cross_attention(y, x, w_q, w_k, w_v, mask),
            what="the result with 9 in all padded places",
        )  # fmt: skip

    c.property(holds, Y, X, *WEIGHTS, Masks(B, M), examples=4, name="padding does not matter")


@c.check("large scores do not break it", axis="stable")
def large(learner, reference, rng):
    def inputs(rng):
        # Positive values: nothing cancels in the mixture.
        y, x = rng.normal(size=(2, 3, 2)), rng.uniform(0.5, 1.5, size=(2, 4, 3))
        return y, x, rng.normal(size=(2, 5)), rng.normal(size=(3, 5)), rng.uniform(0.5, 1, size=(3, 2))

    c.stable(learner.cross_attention, reference.cross_attention, inputs=inputs, magnitudes=(1, 3, 10), rtol=1e-2)


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(
        learner.cross_attention, *(rng.normal(size=s) for s in ((2, 3, 2), (2, 2, 4), (2, 5), (4, 5), (4, 1))),
        np.array([[True, False], [True, True]]),
    )  # fmt: skip
