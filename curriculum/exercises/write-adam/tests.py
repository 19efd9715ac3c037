"""What Adam does, however it is written."""

import numpy as np

from cairn.judge import checks as c

D = c.dim(1, 3)
START, SLOPES = c.arrays(D), c.arrays((4, D))
BETA1, BETA2 = c.sampled(0.9, 0.5, 0.0), c.sampled(0.999, 0.9, 0.5)

# The result may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-5}


def steps(optimiser, start, slopes, rates):
    """What each step makes of the same parameters, as one round trip."""
    results, problem = optimiser.step.map([(([start], [g], r), {}) for g, r in zip(slopes, rates)])
    if problem is not None:
        raise problem
    return [new for (new,) in results]


@c.check("the first step is the rate")
def first(learner, reference, rng):
    def holds(beta1, beta2, slope):
        (got,) = learner.Adam(beta1, beta2).step([np.zeros(len(slope))], [slope], 0.1)
        c.close(
            got, -0.1 * np.sign(slope), **NEAR, inputs=(beta1, beta2, slope), what="the parameter after one step",
            message="Both corrected averages are exact after one gradient, so the first step is the rate times its"
            " sign.",
        )  # fmt: skip

    c.property(holds, BETA1, BETA2, c.arrays(D, low=0.5, high=4), examples=4)


@c.check("the divisor is the size of the gradients")
def size(learner, reference, rng):
    def run(module, slope):
        """gradients that change sign do not look small"""
        return steps(module.Adam(0.5, 0.5), np.zeros(1), [slope, -slope, slope], [0.1] * 3)

    c.same_behaviour(learner, reference, run, c.arrays((1,), low=1, high=4), examples=3, **NEAR)


@c.check("eps stands outside the root")
def outside(learner, reference, rng):
    def run(module, eps, start, slopes):
        """eps is added to the root of the corrected average"""
        return steps(module.Adam(0.9, 0.9, eps), start, slopes, [0.5] * 4)

    c.same_behaviour(learner, reference, run, c.sampled(0.5, 0.1, 1.0), START, SLOPES, examples=4, **NEAR)

    def usual(module, size):
        """the steps under gradients far below 1"""
        return steps(module.Adam(), np.ones(1), size * np.ones((2, 1)), [0.1, 0.1])

    c.same_behaviour(learner, reference, usual, c.sampled(1.0, 1e-4, 1e-8), examples=3, **NEAR)


@c.check("each parameter is treated as if alone")
def own(learner, reference, rng):
    shapes = [(2,), (2,), (2, 3), ()]
    start = [rng.normal(size=s) for s in shapes]
    slopes = [[rng.normal(size=s) for s in shapes] for _ in range(3)]
    results, problem = learner.Adam(0.8, 0.9).step.map([((start, g, 0.5), {}) for g in slopes])
    if problem is not None:
        raise problem
    alone = [steps(reference.Adam(0.8, 0.9), p, [g[i] for g in slopes], [0.5] * 3) for i, p in enumerate(start)]
    for step, got in enumerate(results):
        c.close(
            list(got), [moved[step] for moved in alone], **NEAR, what=f"the list after step {step + 1}",
            message=f"Parameters of shapes {shapes} should move as if each had an optimiser of its own.",
        )  # fmt: skip


@c.check("follows the formula step by step")
def formula(learner, reference, rng):
    def run(module, beta1, beta2, start, slopes):
        """the steps of Adam"""
        return steps(module.Adam(beta1, beta2), start, slopes, [0.5, 0.1, 1.0, 0.1])

    c.same_behaviour(learner, reference, run, BETA1, BETA2, START, SLOPES, examples=6, **NEAR)

    def usual(module, slopes):
        """the steps with the default settings"""
        return steps(module.Adam(), np.zeros(1), slopes, [0.1] * 4)

    c.same_behaviour(learner, reference, usual, c.arrays((4, 1)), examples=4, **NEAR)


@c.check("two optimisers share nothing")
def two(learner, reference, rng):
    once, used, fresh = (learner.Adam() for _ in range(3))
    (wanted,) = steps(once, np.zeros(2), [np.ones(2)], [0.1])
    steps(used, np.zeros(2), [np.array([5.0, -5.0])], [0.1])
    (got,) = steps(fresh, np.zeros(2), [np.ones(2)], [0.1])
    c.close(
        got, wanted, what="the first step of a new optimiser after another one was used",
        message="A new optimiser should start from nothing, whatever others did before.",
    )  # fmt: skip


@c.check("a gradient of zero moves nothing", axis="stable")
def zero(learner, reference, rng):
    start = np.array([1.0, -2.0, 0.5])
    moved = steps(learner.Adam(), start, np.zeros((2, 3)), [0.1, 0.1])
    c.equal(moved, [start, start], what="the steps without a gradient", inputs=(start,))


@c.check("the arguments stay as they are")
def untouched(learner, reference, rng):
    optimiser = learner.Adam()
    for _ in range(2):
        c.no_mutation(optimiser.step, [rng.normal(size=3)], [rng.normal(size=3)], 0.1)
