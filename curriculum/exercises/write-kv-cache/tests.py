"""What attention with a cache does, whatever it keeps and however the sequence is cut."""

import numpy as np

from cairn.judge import checks as c

N = c.dim(1, 5)
HEADS = ((1, 2), (2, 1), (2, 2), (3, 2))  # number of heads, width of a head

# The result may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-5}


def made(module, weights, heads):
    """An object with an empty cache."""
    return module.CachedAttention(*weights, heads)


@c.check("objects are independent")
def independent(learner, reference, rng):
    def two_at_once(module, x, other, weights):
        """A new object starts with an empty cache, whatever other objects hold"""
        one = made(module, weights, 2).step
        first = one(other)
        two = made(module, weights, 2).step
        return [first, two(x), one(x), two(other)]

    c.same_behaviour(
        learner, reference, two_at_once, c.arrays((1, 4)), c.arrays((2, 4)), c.arrays((4, 4, 4)), examples=2, **NEAR
    )


@c.check("a prompt is causal")
def prompt(learner, reference, rng):
    def whole_sequence_in_one_step(module, x, weights, heads):
        """A prompt in one step is plain causal attention"""
        return made(module, weights, heads).step(x)

    for h, width in HEADS:
        d = h * width
        c.same_behaviour(
            learner, reference, whole_sequence_in_one_step, c.arrays((N, d)), c.arrays((4, d, d)), h,
            examples=3, **NEAR,
        )  # fmt: skip


@c.check("steps add up to one pass")
def steps(learner, reference, rng):
    def holds(x, weights, cut, heads):
        whole = np.asarray(made(reference, weights, heads).step(x))
        step = made(learner, weights, heads).step
        for start, stop in zip([0, *cut], [*cut, len(x)]):
            c.close(
                step(x[start:stop]), whole[start:stop], **NEAR, inputs=(x, weights),
                what=f"the result for the positions {start} to {stop - 1}, after {start} cached ones,",
            )  # fmt: skip

    for cut, (h, width) in zip(([3, 4], [1, 2, 3, 4], [1, 3]), HEADS[1:]):
        d = h * width
        c.property(
            holds, c.arrays((5, d)), c.arrays((4, d, d)), cut, h, examples=2,
            name="however the sequence is cut, the outputs are those of one pass",
        )  # fmt: skip


@c.check("old tokens are not projected again", axis="efficient")
def cheap(learner, reference, rng):
    d, short, long = 48, 8, 40
    weights = rng.normal(size=(4, d, d))
    counts = []
    for cached in (short, long):
        step = made(learner, weights, 2).step
        step(rng.normal(size=(cached, d)))
        _, seen = step.watch(((rng.normal(size=(1, d)),), {}), "cost")
        counts.append(seen["cost"][0])
    extra = (counts[1] - counts[0]) / (long - short)
    # Reading a cached key and value takes some multiples of d, projecting a token again takes d * d and more.
    if extra > d * d / 2:
        raise c.failed(
            "old tokens are not projected again",
            f"With d = {d}, one new token costs {extra:.0f} operations more for each token in the cache. Reading its"
            f" key and value takes a few times d; a count near d * d = {d * d} means that it is projected again.",
            detail={"cached": [short, long], "operations": counts},
        )  # fmt: skip


@c.check("large scores do not break it", axis="stable")
def large(learner, reference, rng):
    def holds(x, weights):
        got = np.asarray(made(learner, weights, 2).step(x))
        c.close(got, made(reference, weights, 2).step(x), rtol=1e-3, atol=1e-2)

    for size in (1, 10, 50):
        weights = np.stack([rng.normal(size=(4, 4)) for _ in range(4)])
        c.property(holds, size * rng.normal(size=(3, 4)), weights, examples=1, name="large scores do not break it")


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    step = made(learner, rng.normal(size=(4, 4, 4)), 2).step
    for t in (2, 1):
        c.no_mutation(step, rng.normal(size=(t, 4)))
