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
    def second_object(module, x, other, weights):
        """An object starts with an empty cache, whatever another one holds"""
        one, two = made(module, weights, 2), made(module, weights, 2)
        one.step(other)
        return two.step(x)

    token = c.arrays((1, 4))
    c.same_behaviour(learner, reference, second_object, token, token, c.arrays((4, 4, 4)), examples=2, **NEAR)


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
    def in_steps(module, x, weights, cut, heads):
        """However a sequence is cut into steps, the outputs together are those of one pass"""
        step = made(module, weights, heads).step
        return np.concatenate([step(part) for part in np.split(x, cut)])

    for cut, (h, width) in zip(([3, 4], [1, 2, 3, 4], [1, 3]), HEADS[1:]):
        d = h * width
        c.same_behaviour(
            learner, reference, in_steps, c.arrays((5, d)), c.arrays((4, d, d)), cut, h, examples=2, **NEAR
        )


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
