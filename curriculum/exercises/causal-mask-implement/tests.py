"""What a causal mask and a causal softmax do."""

import numpy as np

from cairn.judge import checks as c

# The weights may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-6}


class Scores(c.Strategy):
    """Scores (n, m) with n <= m, sometimes with leading axes."""

    def draw(self, rng, sizes, turn):
        m = int(rng.integers(1, 5)) if turn else 1
        n = m if turn < 4 else int(rng.integers(1, m + 1))
        lead = [(), (2,), (2, 3)][turn % 3]
        return rng.normal(size=(*lead, n, m)) * (3.0 if turn % 2 else 1.0)

    def simpler(self, value):
        n, m = value.shape[-2:]
        if value.ndim > 2:
            yield value[0]
        if n > 1:
            yield value[..., : n - 1, : m - 1]
            yield value[..., 1:, :]
        if m > n:
            yield value[..., 1:]
        if (np.round(value) != value).any():
            yield np.round(value)


def hidden(scores):
    """True where a key is later than the query."""
    n, m = scores.shape[-2:]
    return np.broadcast_to(np.triu(np.ones((n, m), dtype=bool), k=m - n + 1), scores.shape)


@c.check("the mask shows the past and the position itself")
def square(learner, reference, rng):
    def mask_of_all_positions(module, n):
        """Every position asks: a query sees the keys up to its own position"""
        return module.causal_mask(n, n)

    c.same_behaviour(learner, reference, mask_of_all_positions, c.integers(1, 6))
    c.dtype(learner.causal_mask(2, 3), bool, what="the mask")


@c.check("the queries are the last positions")
def last(learner, reference, rng):
    def mask_of_the_last(module, n, earlier):
        """The n queries stand after the earlier positions: the last query sees every key"""
        return module.causal_mask(n, n + earlier)

    c.same_behaviour(learner, reference, mask_of_the_last, c.integers(1, 4), c.integers(0, 3))


@c.check("agrees with the formula")
def formula(learner, reference, rng):
    c.same_as_reference(learner.causal_softmax, reference.causal_softmax, Scores(), **NEAR)


@c.check("later keys get exactly zero")
def zero(learner, reference, rng):
    c.invariant(
        "the weight of every later key is exactly 0",
        learner.causal_softmax,
        lambda got, scores: np.shape(got) == scores.shape and (np.asarray(got)[hidden(scores)] == 0).all(),
        Scores(),
    )


@c.check("the visible weights sum to one")
def sums(learner, reference, rng):
    c.rows_sum_to_one(learner.causal_softmax, Scores())


@c.check("hidden scores do not matter")
def ignored(learner, reference, rng):
    def holds(scores):
        plain = learner.causal_softmax(scores)
        for other in (1e6, -1e6):
            changed = np.where(hidden(scores), other, scores)
            c.equal(
                learner.causal_softmax(changed), plain, inputs=(changed,),
                what=f"the result with {other:g} in all hidden entries",
            )  # fmt: skip

    c.property(holds, Scores(), examples=8, name="hidden scores do not matter")


@c.check("large scores do not break it", axis="stable")
def large(learner, reference, rng):
    c.stable(
        learner.causal_softmax, reference.causal_softmax, shape=(2, 3, 4),
        magnitudes=(1, 10, 100, 1000, 1e4, 1e30), rtol=1e-3,
    )  # fmt: skip


@c.check("the scores stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(learner.causal_softmax, rng.normal(size=(3, 3)))
