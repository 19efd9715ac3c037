"""What a rotary embedding does to queries and keys."""

import numpy as np

from cairn.judge import checks as c

N = c.dim(1, 4)
WIDTHS = (2, 4, 6, 8)
POSITIONS = c.arrays((N,), integers=True, low=0, high=40)

# The result may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-5}


@c.check("agrees with the formula")
def formula(learner, reference, rng):
    for d in WIDTHS:
        c.same_as_reference(learner.rope, reference.rope, c.arrays((N, d)), POSITIONS, examples=6, **NEAR)
    c.same_as_reference(
        learner.rope, reference.rope, c.arrays((N, 4)), POSITIONS, c.floats(2, 5e5), examples=4, **NEAR
    )


@c.check("position zero changes nothing")
def zero(learner, reference, rng):
    def holds(x):
        c.close(learner.rope(x, np.zeros(len(x), dtype=np.int64)), x, **NEAR)

    c.property(holds, c.arrays((N, 6)), examples=4, name="at position 0 every angle is 0, so the result is x")


@c.check("the length of each pair is kept")
def lengths(learner, reference, rng):
    def holds(x, positions):
        got = np.asarray(learner.rope(x, positions))
        c.shape(got, x.shape)
        c.close(
            np.hypot(got[:, 0::2], got[:, 1::2]), np.hypot(x[:, 0::2], x[:, 1::2]), **NEAR,
            what="the length of a pair", message="A rotation moves each pair on a circle.",
        )  # fmt: skip

    c.property(holds, c.arrays((N, 6)), POSITIONS, examples=6, name="a rotation keeps the length of each pair")


@c.check("pairs are neighbours")
def neighbours(learner, reference, rng):
    def holds(x, positions, pair):
        other = x.copy()
        other[:, 2 * pair : 2 * pair + 2] += 1.0
        moved = np.asarray(learner.rope(other, positions)) - np.asarray(learner.rope(x, positions))
        rest = np.delete(moved, [2 * pair, 2 * pair + 1], axis=1)
        c.close(
            rest, np.zeros_like(rest), atol=1e-4, what="the change of all other features",
            message=f"Only the features {2 * pair} and {2 * pair + 1} of x were changed, so only they may change.",
        )  # fmt: skip

    c.property(
        holds, c.arrays((N, 6)), POSITIONS, c.integers(0, 2), examples=4, name="features 2i and 2i + 1 form a pair"
    )


@c.check("scores depend on the distance only")
def distance(learner, reference, rng):
    def holds(q, k, positions, shift):
        def scores(by):
            return np.asarray(learner.rope(q, positions + by)) @ np.asarray(learner.rope(k, positions + by)).T

        c.close(
            scores(shift), scores(0), rtol=1e-3, atol=1e-4, what="the product of queries and keys",
            message=f"All tokens were moved by {shift} positions, and no score may change.",
        )  # fmt: skip

    c.property(
        holds, c.arrays((N, 6)), c.arrays((N, 6)), POSITIONS, c.integers(1, 50), examples=3,
        name="moving all tokens by the same distance changes no score",
    )  # fmt: skip


@c.check("positions are taken as given")
def given(learner, reference, rng):
    def holds(x, positions):
        together = np.asarray(learner.rope(x, positions))
        for j in range(len(x)):
            c.close(
                learner.rope(x[j : j + 1], positions[j : j + 1]), together[j : j + 1], **NEAR,
                what=f"token {j} at position {positions[j]}, given alone,",
            )  # fmt: skip

    c.property(
        holds, c.arrays((N, 4)), POSITIONS, examples=4, name="a token is turned by its own position, wherever it stands"
    )


@c.check("leading axes are carried along")
def leading(learner, reference, rng):
    for shape in ((2, N, 4), (2, 3, N, 4), (1, 1, N, 2)):
        c.same_as_reference(learner.rope, reference.rope, c.arrays(shape), POSITIONS, examples=3, **NEAR)


@c.check("large positions keep their digits", axis="stable")
def digits(learner, reference, rng):
    far = c.arrays((N,), integers=True, low=0, high=10**6)
    for kind in (np.float64, np.float32):
        c.same_as_reference(
            learner.rope, reference.rope, c.arrays((N, 6), low=-1, high=1, dtype=kind), far, examples=4,
            rtol=1e-4, atol=1e-5,
        )  # fmt: skip


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(learner.rope, rng.normal(size=(3, 4)), np.array([5, 6, 7]))
