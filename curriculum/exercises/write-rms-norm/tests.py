"""What RMS normalisation does, in any precision."""

import numpy as np

from cairn.judge import checks as c

N, D = c.dim(1, 4), c.dim(1, 6)
TOKENS, GAIN = c.arrays((N, D)), c.arrays(D)

# float64 may be computed in float32.
NEAR = {"rtol": 1e-4, "atol": 2e-5}


def alone_of_eps(learner, x):
    """The result with gain 1 and nearly no eps."""
    return np.asarray(learner.rms_norm(x, np.ones(x.shape[-1]), 1e-10), dtype=np.float64)


@c.check("the result has length root d")
def length(learner, reference, rng):
    def holds(x):
        y = alone_of_eps(learner, x)
        c.close(
            np.sqrt((y**2).sum(axis=-1)), np.full(y.shape[:-1], x.shape[-1] ** 0.5), rtol=1e-3, inputs=(x,),
            what="the length of each token",
            message="With gain 1 the squares should average to 1, so the length should be the root of d.",
        )  # fmt: skip

    c.property(holds, c.arrays((N, D), low=1, high=4), examples=6)


@c.check("nothing is subtracted")
def direction(learner, reference, rng):
    def holds(x):
        y = alone_of_eps(learner, x)
        size = np.sqrt((x**2).mean(axis=-1, keepdims=True))
        c.close(
            y * size, x, **NEAR, inputs=(x,), what="the result times the size of the token",
            message="The direction of a token should stay: its mean is kept, not taken away.",
        )  # fmt: skip

    c.property(holds, c.arrays((N, D), low=1, high=4), examples=6)


@c.check("each token stands alone")
def alone(learner, reference, rng):
    c.batch_independent(learner.rms_norm, c.arrays((c.dim(2, 3), D)), GAIN, examples=4)


@c.check("the gain multiplies")
def gain(learner, reference, rng):
    def holds(x, gamma):
        ones = np.asarray(learner.rms_norm(x, np.ones(len(gamma))), dtype=np.float64)
        c.close(
            learner.rms_norm(x, gamma), gamma * ones, **NEAR, inputs=(x, gamma),
            message="The result should be the gain times the result for gain 1.",
        )  # fmt: skip

    c.property(holds, TOKENS, GAIN, examples=6)


@c.check("eps is added to the mean square")
def under_the_root(learner, reference, rng):
    c.same_as_reference(
        learner.rms_norm, reference.rms_norm, TOKENS, GAIN, c.floats(0.1, 2.0), **NEAR, examples=8
    )


@c.check("agrees with the formula")
def formula(learner, reference, rng):
    for lead, examples in ((N,), 16), ((), 4), ((2, 1, 3), 4):
        c.same_as_reference(
            learner.rms_norm, reference.rms_norm, c.arrays((*lead, D)), GAIN, **NEAR, examples=examples
        )


@c.check("the result has the type of x")
def types(learner, reference, rng):
    for kind in (np.float16, np.float32, np.float64):
        for other in (np.float32, np.float64):
            x, gamma = rng.normal(size=(2, 3)).astype(kind), rng.normal(size=3).astype(other)
            got = learner.rms_norm(x, gamma)
            c.dtype(got, kind, what=f"the result for {kind.__name__} x and {other.__name__} gain")
    c.no_mutation(learner.rms_norm, rng.normal(size=(2, 3)), rng.normal(size=3))


@c.check("float16 holds from small to large", axis="stable")
def half(learner, reference, rng):
    shape, gamma = (3, 8), rng.uniform(0.5, 2.0, size=8).astype(np.float32)
    for size in (1.0, 100.0, 2e4, 1e-2, 1e-4):
        x = (size * np.clip(rng.normal(size=shape), -3, 3)).astype(np.float16)
        c.close(
            learner.rms_norm(x, gamma, 1e-12), reference.rms_norm(x.astype(np.float64), gamma, 1e-12),
            rtol=4e-3, atol=1e-3, inputs=(x, gamma), what=f"the result for float16 entries of size {size:g}",
            message="Squares leave the range of float16 long before the entries do.",
        )  # fmt: skip
