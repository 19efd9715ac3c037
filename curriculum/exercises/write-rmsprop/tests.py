"""What RMSProp does, however it is written."""

import numpy as np

from cairn.judge import checks as c

D = c.dim(1, 3)
START, SLOPES = c.arrays(D), c.arrays((4, D))
RHO = c.sampled(0.5, 0.9, 0.99)

# The result may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-5}


def steps(optimiser, start, slopes, rates):
    """What each step makes of the same parameters, as one round trip."""
    results, problem = optimiser.step.map([(([start], [g], r), {}) for g, r in zip(slopes, rates)])
    if problem is not None:
        raise problem
    return [new for (new,) in results]


@c.check("the scale of the loss does not matter")
def scale(learner, reference, rng):
    def holds(slopes):
        rates = [0.1] * len(slopes)
        plain, large = (
            steps(learner.RMSProp(0.8, 1e-12), np.zeros(1), k * slopes, rates) for k in (1.0, 1000.0)
        )
        c.close(
            large, plain, **NEAR, what="the steps with all gradients times 1000", inputs=(slopes,),
            message="A loss a thousand times as large should give the same steps: the divisor grows with it.",
        )  # fmt: skip

    c.property(holds, c.arrays((3, 1), low=1, high=4), examples=3)


@c.check("old gradients fade")
def fading(learner, reference, rng):
    last = steps(learner.RMSProp(0.5), np.zeros(1), [np.full(1, 2.0)] * 14, [0.1] * 14)[-1]
    c.close(
        last, np.full(1, -0.1), rtol=1e-3, what="the fourteenth step from 0 under a gradient that is always 2, with rho = 0.5",
        message="The average of the squares tends to the square of a constant gradient, so the step tends to the"
        " rate, 0.1.",
    )  # fmt: skip


@c.check("each coordinate has its own divisor")
def own(learner, reference, rng):
    shapes = [(2,), (2,), (2, 2), ()]
    start = [rng.normal(size=s) for s in shapes]
    slopes = [[rng.normal(size=s) for s in shapes] for _ in range(2)]
    results, problem = learner.RMSProp(0.8).step.map([((start, g, 0.5), {}) for g in slopes])
    if problem is not None:
        raise problem
    for i, p in enumerate(start):
        wanted = np.empty((2, p.size))
        for j, number in enumerate(p.flat):
            wanted[:, j] = steps(reference.RMSProp(0.8), number, [g[i].flat[j] for g in slopes], [0.5, 0.5])
        for step, got in enumerate(results):
            c.close(
                got[i], wanted[step].reshape(p.shape), **NEAR, what=f"parameter {i + 1} after step {step + 1}",
                message=f"Every number in parameters of shapes {shapes} should move as if it were alone.",
            )  # fmt: skip


@c.check("eps stands outside the root")
def outside(learner, reference, rng):
    def run(module, eps, start, slopes):
        """eps is added to the root of the average"""
        return steps(module.RMSProp(0.9, eps), start, slopes, [0.5] * 4)

    c.same_behaviour(learner, reference, run, c.sampled(0.5, 0.1, 1.0), START, SLOPES, examples=4, **NEAR)

    def usual(module, size):
        """the steps under gradients far below 1"""
        return steps(module.RMSProp(), np.ones(1), size * np.ones((2, 1)), [0.1, 0.1])

    c.same_behaviour(learner, reference, usual, c.sampled(1.0, 1e-4, 1e-6), examples=3, **NEAR)


@c.check("follows the formula step by step")
def formula(learner, reference, rng):
    def run(module, rho, start, slopes):
        """the steps of RMSProp"""
        return steps(module.RMSProp(rho), start, slopes, [0.5, 0.1, 1.0, 0.1])

    c.same_behaviour(learner, reference, run, RHO, START, SLOPES, examples=6, **NEAR)


@c.check("two optimisers share nothing")
def two(learner, reference, rng):
    once, used, fresh = (learner.RMSProp(0.75) for _ in range(3))
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
    moved = steps(learner.RMSProp(), start, np.zeros((2, 3)), [0.1, 0.1])
    c.equal(moved, [start, start], what="the steps without a gradient", inputs=(start,))


@c.check("the arguments stay as they are")
def untouched(learner, reference, rng):
    optimiser = learner.RMSProp()
    for _ in range(2):
        c.no_mutation(optimiser.step, [rng.normal(size=3)], [rng.normal(size=3)], 0.1)
