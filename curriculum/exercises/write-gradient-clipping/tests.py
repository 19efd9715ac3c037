"""What clipping by global norm does, however it is written."""

import math

import numpy as np

from cairn.judge import checks as c

GRADIENTS = c.lists(c.arrays(min_dims=1, max_dims=3, max_side=3), min_size=1, max_size=4)
LONG = c.lists(c.arrays(min_dims=1, max_dims=2, max_side=3, low=1, high=4), min_size=2, max_size=4)
NEAR = {"rtol": 1e-5, "atol": 1e-9}


def length(arrays):
    """The length of all arrays together, in float64."""
    return math.sqrt(sum(float(np.sum(np.asarray(a, dtype=np.float64) ** 2)) for a in arrays))


@c.check("the norm is that of all gradients before clipping")
def norm(learner, reference, rng):
    def holds(gradients, limit):
        _, found = learner.clip_by_global_norm(gradients, limit)
        c.close(
            found, length(gradients), **NEAR, what="the norm", inputs=(gradients, limit),
            message="The norm is the root of one sum of squares over all entries of all arrays.",
        )  # fmt: skip

    c.property(holds, GRADIENTS, c.sampled(1.0, 0.5, 100.0), examples=8)


@c.check("the direction stays")
def direction(learner, reference, rng):
    def holds(gradients, limit):
        clipped, _ = learner.clip_by_global_norm(gradients, limit)
        factor = min(1.0, limit / length(gradients))
        c.close(
            list(clipped), [g * factor for g in gradients], **NEAR, what="the list", inputs=(gradients, limit),
            message=f"Every array should be multiplied by the same factor, here {factor:.4g}.",
        )  # fmt: skip

    c.property(holds, LONG, c.sampled(1.0, 0.5, 2.5), examples=8)


@c.check("short gradients stay as they are")
def short(learner, reference, rng):
    def holds(gradients):
        size = length(gradients)
        clipped, _ = learner.clip_by_global_norm(gradients, size * 1.5 + 0.1)
        c.equal(list(clipped), gradients, what="the list for a norm below the limit", inputs=(gradients,))

    c.property(holds, GRADIENTS, examples=8, name="short gradients stay as they are")
    exact = [np.array([3.0, 0.0]), np.array([[0.0], [4.0]])]
    clipped, _ = learner.clip_by_global_norm(exact, 5.0)
    c.equal(list(clipped), exact, what="the list for a norm of exactly the limit", inputs=(exact, 5.0))
    nothing = [np.zeros(3), np.zeros((2, 2), dtype=np.float32)]
    clipped, found = learner.clip_by_global_norm(nothing, 1.0)
    c.equal(list(clipped), nothing, what="the list for gradients of zero", inputs=(nothing, 1.0))
    c.equal(found, 0.0, what="the norm of zero", inputs=(nothing, 1.0))


@c.check("agrees with the formula")
def formula(learner, reference, rng):
    c.same_as_reference(
        learner.clip_by_global_norm, reference.clip_by_global_norm, GRADIENTS, c.floats(0.2, 4.0), **NEAR
    )


@c.check("large and small entries keep their norm", axis="stable")
def extremes(learner, reference, rng):
    for size in (1.0, 1e15, 1e30, 1e-15, 1e-30):
        for kind in (np.float64, np.float32):
            gradients = [(size * rng.uniform(1, 2, shape)).astype(kind) for shape in ((2, 3), (4,))]
            clipped, found = learner.clip_by_global_norm(gradients, 1.0)
            wanted = length(gradients)
            c.close(
                found, wanted, rtol=1e-5, atol=0, inputs=(gradients, 1.0),
                what=f"the norm of {kind.__name__} gradients of size {size:g}",
                message="The square of an entry may leave the range of its type though the entry does not.",
            )  # fmt: skip
            factor = min(1.0, 1.0 / wanted)
            c.close(
                list(clipped), [g.astype(np.float64) * factor for g in gradients], rtol=1e-5, atol=0,
                inputs=(gradients, 1.0), what=f"the list for {kind.__name__} gradients of size {size:g}",
            )  # fmt: skip


@c.check("a norm that is not finite is told", axis="stable")
def not_finite(learner, reference, rng):
    for bad in (np.nan, np.inf, -np.inf):
        for place in range(3):
            gradients = [np.ones(1), np.array([2.0, 0.0]), np.ones((1, 1))]
            gradients[place].flat[-1] = bad
            _, found = learner.clip_by_global_norm(gradients, 1.0)
            if math.isfinite(found):
                raise c.failed(
                    "a norm that is not finite is told",
                    f"One entry is {bad}, and the norm is {found:.4g}: the caller cannot see that this step must be"
                    " skipped.",
                    args=(gradients, 1.0), got=found,
                )  # fmt: skip


@c.check("the gradients passed in stay as they are")
def untouched(learner, reference, rng):
    for limit in (0.5, 100.0):
        c.no_mutation(learner.clip_by_global_norm, [rng.uniform(1, 2, (2, 2)), rng.uniform(1, 2, 3)], limit)


@c.check("the norm is your own", axis="from scratch")
def own(learner, reference, rng):
    c.from_scratch(learner.clip_by_global_norm, [rng.normal(size=3)], 1.0, forbid=["numpy.linalg.*", "scipy.*"])
