"""What SGD with momentum does in both conventions, however it is written."""

import numpy as np

from cairn.judge import checks as c

D = c.dim(1, 3)
START, SLOPES = c.arrays(D), c.arrays((4, D))
BETA = c.sampled(0.5, 0.9, 0.0)

# The result may be float32.
NEAR = {"rtol": 1e-4, "atol": 1e-5}


def steps(optimiser, start, slopes, rates):
    """What each step makes of the same parameters, as one round trip."""
    results, problem = optimiser.step.map([(([start], [g], r), {}) for g, r in zip(slopes, rates)])
    if problem is not None:
        raise problem
    return [new for (new,) in results]


@c.check("heavy ball follows its formula")
def heavy_ball(learner, reference, rng):
    def run(module, beta, start, slopes):
        """the steps of heavy ball"""
        return steps(module.MomentumSGD(beta), start, slopes, [0.5] * 4)

    c.same_behaviour(learner, reference, run, BETA, START, SLOPES, examples=6, **NEAR)

    def usual(module):
        """the steps with the default settings"""
        return steps(module.MomentumSGD(), np.ones(1), np.ones((3, 1)), [0.1] * 3)

    c.same_behaviour(learner, reference, usual, examples=1, **NEAR)


@c.check("averaging follows its formula")
def averaging(learner, reference, rng):
    def run(module, beta, start, slopes):
        """the steps of the averaging form"""
        return steps(module.MomentumSGD(beta, averaging=True), start, slopes, [0.5] * 4)

    c.same_behaviour(learner, reference, run, BETA, START, SLOPES, examples=6, **NEAR)


@c.check("the rate may change between steps")
def rates(learner, reference, rng):
    def run(module, slope):
        """a new rate acts at once on the whole velocity"""
        return steps(module.MomentumSGD(0.5), np.zeros(1), [slope] * 3, [1.0, 0.1, 0.0])

    c.same_behaviour(learner, reference, run, c.arrays((1,), low=1, high=4), examples=3, **NEAR)


@c.check("each parameter has its own velocity")
def own(learner, reference, rng):
    shapes = [(2,), (2,), (2, 3), ()]
    start = [rng.normal(size=s) for s in shapes]
    slopes = [[rng.normal(size=s) for s in shapes] for _ in range(3)]
    for averaging in (False, True):
        optimiser = learner.MomentumSGD(0.8, averaging)
        results, problem = optimiser.step.map([((start, g, 0.5), {}) for g in slopes])
        if problem is not None:
            raise problem
        alone = [
            steps(reference.MomentumSGD(0.8, averaging), p, [g[i] for g in slopes], [0.5] * 3)
            for i, p in enumerate(start)
        ]
        for step, got in enumerate(results):
            c.close(
                list(got), [moved[step] for moved in alone], **NEAR, what=f"the list after step {step + 1}",
                message=f"Parameters of shapes {shapes} should move as if each had an optimiser of its own.",
            )  # fmt: skip


@c.check("two optimisers share nothing")
def two(learner, reference, rng):
    once, used, fresh = (learner.MomentumSGD(0.9) for _ in range(3))
    (wanted,) = steps(once, np.zeros(2), [np.ones(2)], [0.1])
    steps(used, np.zeros(2), [np.array([5.0, -5.0])], [0.1])
    (got,) = steps(fresh, np.zeros(2), [np.ones(2)], [0.1])
    c.close(
        got, wanted, what="the first step of a new optimiser after another one was used",
        message="A new optimiser should start from nothing, whatever others did before.",
    )  # fmt: skip


@c.check("the arguments stay as they are")
def untouched(learner, reference, rng):
    for averaging in (False, True):
        optimiser = learner.MomentumSGD(0.9, averaging)
        for _ in range(2):
            parameters, gradients = [rng.normal(size=3)], [rng.normal(size=3)]
            c.no_mutation(optimiser.step, parameters, gradients, 0.1)
