"""What AdamW does, however it is written."""

import numpy as np

from cairn.judge import checks as c

D = c.dim(1, 3)
START, SLOPES = c.arrays(D), c.arrays((4, D))
BETA1, BETA2 = c.sampled(0.9, 0.5, 0.0), c.sampled(0.999, 0.9, 0.5)
DECAY = c.sampled(0.1, 0.5, 0.0)

# The result may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-5}


def steps(optimiser, start, slopes, rates):
    """What each step makes of the same parameters, as one round trip."""
    results, problem = optimiser.step.map([(([start], [g], r), {}) for g, r in zip(slopes, rates)])
    if problem is not None:
        raise problem
    return [new for (new,) in results]


@c.check("a step shrinks by rate times decay")
def shrinks(learner, reference, rng):
    def holds(rate, decay, start):
        (got,) = learner.AdamW(decay=decay).step([start], [np.zeros(len(start))], rate)
        c.close(
            got, (1 - rate * decay) * start, **NEAR, inputs=(rate, decay, start),
            what="the parameter after one step",
            message="Where the gradient is zero only the decay acts, and multiplies by 1 - rate * decay.",
        )  # fmt: skip

    c.property(holds, c.sampled(0.5, 0.01), c.sampled(0.2, 0.01), START, examples=4)


@c.check("the decay does not depend on the gradient")
def decoupled(learner, reference, rng):
    def holds(size, start):
        slope = np.full(len(start), size)
        (got,), (plain,) = (learner.AdamW(decay=d).step([start], [slope], 0.1) for d in (0.5, 0.0))
        c.close(
            np.asarray(got, dtype=float) - np.asarray(plain, dtype=float), -0.05 * start, **NEAR,
            inputs=(size, start), what="the difference that a decay of 0.5 makes at rate 0.1",
            message=f"Under a gradient of {size:g} the decay should shrink as under any other.",
        )  # fmt: skip

    c.property(holds, c.sampled(1.0, 100.0, 0.01), c.arrays(D, low=1, high=4), examples=3)


@c.check("without decay the first step is the rate")
def first(learner, reference, rng):
    def holds(beta1, beta2, slope):
        (got,) = learner.AdamW(beta1, beta2, decay=0.0).step([np.zeros(len(slope))], [slope], 0.1)
        c.close(
            got, -0.1 * np.sign(slope), **NEAR, inputs=(beta1, beta2, slope), what="the parameter after one step",
            message="Both corrected averages are exact after one gradient, so the first step is the rate times its"
            " sign.",
        )  # fmt: skip

    c.property(holds, BETA1, BETA2, c.arrays(D, low=0.5, high=4), examples=3)


@c.check("each parameter is treated as if alone")
def own(learner, reference, rng):
    shapes = [(2,), (2,), (2, 3), ()]
    start = [np.asarray(rng.normal(size=s)) for s in shapes]
    slopes = [[np.asarray(rng.normal(size=s)) for s in shapes] for _ in range(3)]
    results, problem = learner.AdamW(0.8, 0.9, decay=0.3).step.map([((start, g, 0.5), {}) for g in slopes])
    if problem is not None:
        raise problem
    alone = [steps(reference.AdamW(0.8, 0.9, decay=0.3), p, [g[i] for g in slopes], [0.5] * 3) for i, p in enumerate(start)]
    for step, got in enumerate(results):
        c.close(
            list(got), [moved[step] for moved in alone], **NEAR, what=f"the list after step {step + 1}",
            message=f"Parameters of shapes {shapes} should move as if each had an optimiser of its own.",
        )  # fmt: skip


@c.check("follows the formula step by step")
def formula(learner, reference, rng):
    def run(module, beta1, beta2, eps, decay, start, slopes):
        """the steps of AdamW"""
        return steps(module.AdamW(beta1, beta2, eps, decay), start, slopes, [0.5, 0.1, 1.0, 0.1])

    eps = c.sampled(1e-8, 0.1, 0.5)
    c.same_behaviour(learner, reference, run, BETA1, BETA2, eps, DECAY, START, SLOPES, examples=6, **NEAR)

    def usual(module, size):
        """the steps with the default settings"""
        return steps(module.AdamW(), np.ones(1), size * np.array([[1.0], [-0.5], [2.0]]), [0.1] * 3)

    c.same_behaviour(learner, reference, usual, c.sampled(1.0, 1e-8), examples=2, **NEAR)


@c.check("two optimisers share nothing")
def two(learner, reference, rng):
    once, used, fresh = (learner.AdamW() for _ in range(3))
    (wanted,) = steps(once, np.zeros(2), [np.ones(2)], [0.1])
    steps(used, np.zeros(2), [np.array([5.0, -5.0])], [0.1])
    (got,) = steps(fresh, np.zeros(2), [np.ones(2)], [0.1])
    c.close(
        got, wanted, what="the first step of a new optimiser after another one was used",
        message="A new optimiser should start from nothing, whatever others did before.",
    )  # fmt: skip


@c.check("zero parameters without gradient stay zero", axis="stable")
def zero(learner, reference, rng):
    moved = steps(learner.AdamW(), np.zeros(2), np.zeros((2, 2)), [0.1, 0.1])
    c.equal(moved, [np.zeros(2), np.zeros(2)], what="the steps without a gradient")


@c.check("the arguments stay as they are")
def untouched(learner, reference, rng):
    optimiser = learner.AdamW()
    for _ in range(2):
        c.no_mutation(optimiser.step, [rng.normal(size=3)], [rng.normal(size=3)], 0.1)
