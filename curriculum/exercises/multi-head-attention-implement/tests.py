"""What multi-head attention does, however the heads are cut."""

import numpy as np

from cairn.judge import checks as c

B, N = c.dim(1, 2), c.dim(1, 4)
HEADS = ((1, 3), (3, 1), (2, 2), (2, 3), (3, 2))  # number of heads, width of a head

# The result may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-5}


class Masks(c.Strategy):
    """Boolean (n, n) in which every query sees something."""

    def dims(self):
        return [N]

    def draw(self, rng, sizes, turn):
        return (rng.random((sizes[N], sizes[N])) < 0.4) | np.eye(sizes[N], dtype=bool)

    def resize(self, value, sizes):
        return value[: sizes[N], : sizes[N]]


def given(d):
    """x and the four matrices."""
    return (c.arrays((B, N, d)), *[c.arrays((d, d))] * 4)


@c.check("agrees with the formula")
def formula(learner, reference, rng):
    for h, width in HEADS:
        c.same_as_reference(
            learner.multi_head_attention, reference.multi_head_attention, *given(h * width), h, **NEAR, examples=5
        )


@c.check("each head reads its own columns")
def own_columns(learner, reference, rng):
    def holds(x, w_q, w_k, w_v):
        plain = learner.multi_head_attention(x, w_q, w_k, w_v, np.eye(6), 2)
        other_q, other_v = w_q.copy(), w_v.copy()
        other_q[:, :3] += 1.0
        other_v[:, :3] -= 1.0
        moved = learner.multi_head_attention(x, other_q, w_k, other_v, np.eye(6), 2)
        c.close(
            np.asarray(moved)[..., 3:], np.asarray(plain)[..., 3:], **NEAR, what="the second head's part",
            message="With d = 6 and two heads the columns 0 to 2 of w_q and w_v belong to the first head; the"
            " second must not notice when they change.",
        )  # fmt: skip

    matrix = c.arrays((6, 6))
    c.property(holds, c.arrays((B, N, 6)), matrix, matrix, matrix, examples=4, name="each head reads its own columns")


@c.check("positions stay apart")
def apart(learner, reference, rng):
    def holds(x, w_v, w_o):
        n = x.shape[1]
        alone = learner.multi_head_attention(x, np.eye(4), np.eye(4), w_v, w_o, 2, np.eye(n, dtype=bool))
        c.close(
            alone, x @ w_v @ w_o, **NEAR,
            message="A position that may look only at itself gets its own x @ w_v @ w_o, whatever the heads are.",
        )  # fmt: skip

    c.property(holds, c.arrays((B, N, 4)), c.arrays((4, 4)), c.arrays((4, 4)), examples=4, name="positions stay apart")


@c.check("the scale is the root of the head width")
def scale(learner, reference, rng):
    def holds(x, w_q, w_k):
        one = np.asarray(learner.multi_head_attention(x, w_q, w_k, np.eye(2), np.eye(2), 1))
        block = np.kron(np.eye(3), w_q), np.kron(np.eye(3), w_k)
        three = learner.multi_head_attention(np.tile(x, 3), *block, np.eye(6), np.eye(6), 3)
        c.close(
            three, np.tile(one, 3), **NEAR,
            message="Three heads that each do what one head of width 2 does alone must each give its result.",
        )  # fmt: skip

    c.property(
        holds, c.arrays((B, N, 2)), c.arrays((2, 2)), c.arrays((2, 2)), examples=4,
        name="the scale is the root of the head width",
    )  # fmt: skip


@c.check("the output matrix mixes the heads")
def output(learner, reference, rng):
    def holds(x, w, w_o):
        joined = np.asarray(learner.multi_head_attention(x, w, w, w, np.eye(4), 2))
        c.close(
            learner.multi_head_attention(x, w, w, w, w_o, 2), joined @ w_o, **NEAR,
            message="The joined heads must be multiplied by w_o from the right.",
        )  # fmt: skip

    c.property(
        holds, c.arrays((B, N, 4)), c.arrays((4, 4)), c.arrays((4, 4)), examples=4,
        name="the output matrix mixes the heads",
    )  # fmt: skip


@c.check("hidden keys do not matter")
def hidden(learner, reference, rng):
    for h, width in HEADS[2:]:
        c.same_as_reference(
            learner.multi_head_attention, reference.multi_head_attention, *given(h * width), h, Masks(),
            **NEAR, examples=5,
        )  # fmt: skip


@c.check("large scores do not break it", axis="stable")
def large(learner, reference, rng):
    def inputs(rng):
        # Values and output weights are positive, so that nothing cancels; the scores have both signs.
        x = rng.uniform(0.5, 1.5, size=(2, 3, 4))
        return x, *rng.normal(size=(2, 4, 4)), *rng.uniform(0.5, 1, size=(2, 4, 4)), 2

    c.stable(
        learner.multi_head_attention, reference.multi_head_attention, inputs=inputs, magnitudes=(1, 3, 10), rtol=1e-2
    )


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(
        learner.multi_head_attention, rng.normal(size=(1, 3, 4)), *rng.normal(size=(4, 4, 4)), 2, np.tri(3, dtype=bool)
    )
