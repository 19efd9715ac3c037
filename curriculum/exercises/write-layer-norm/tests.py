"""What layer normalisation does, however it is written."""

import numpy as np

from cairn.judge import checks as c

N, D = c.dim(1, 4), c.dim(1, 6)
TOKENS, GAIN, BIAS = c.arrays((N, D)), c.arrays(D), c.arrays(D)

# The result may be float32.
NEAR = {"rtol": 1e-4, "atol": 2e-5}


class Uneven(c.Strategy):
    """Tokens whose features differ clearly, so that eps plays no part."""

    def __init__(self, *shape):
        self.shape = shape

    def dims(self):
        return [n for n in self.shape if not isinstance(n, int)]

    def draw(self, rng, sizes, turn):
        x = rng.integers(-3, 4, size=[sizes.get(n, n) for n in self.shape]).astype(np.float64)
        x[..., 0] = 5.0
        return x

    def resize(self, value, sizes):
        return value[tuple(slice(sizes.get(n, n)) for n in self.shape)]


def standardised(learner, x):
    """The result with gain 1, bias 0 and nearly no eps."""
    d = x.shape[-1]
    return np.asarray(learner.layer_norm(x, np.ones(d), np.zeros(d), 1e-9), dtype=np.float64)


@c.check("each token gets mean 0 and variance 1")
def standard(learner, reference, rng):
    def holds(x):
        y = standardised(learner, x)
        c.close(
            y.mean(axis=-1), np.zeros(y.shape[:-1]), atol=1e-4, inputs=(x,), what="the mean of each token",
            message="With gain 1 and bias 0 each token should have mean 0.",
        )  # fmt: skip
        c.close(
            (y**2).mean(axis=-1), np.ones(y.shape[:-1]), rtol=1e-3, inputs=(x,), what="the mean of the squares",
            message="With gain 1 and bias 0 the squares of a token should average to 1.",
        )  # fmt: skip

    c.property(holds, Uneven(c.dim(1, 3), c.dim(2, 6)), examples=6)


@c.check("each token stands alone")
def alone(learner, reference, rng):
    c.batch_independent(learner.layer_norm, c.arrays((c.dim(2, 3), D)), GAIN, BIAS, examples=4)


@c.check("the scale of a token does not matter")
def scale(learner, reference, rng):
    def holds(x):
        c.close(
            standardised(learner, 100 * x), standardised(learner, x), **NEAR, inputs=(x,),
            what="the result for 100 x", message="A token a hundred times as large should give the same result.",
        )  # fmt: skip

    c.property(holds, Uneven(N, c.dim(2, 5)), examples=6)


@c.check("the gain comes before the bias")
def gain(learner, reference, rng):
    def holds(x, gamma, beta):
        unmoved = np.asarray(learner.layer_norm(x, gamma, np.zeros(len(beta))), dtype=np.float64)
        c.close(
            learner.layer_norm(x, gamma, beta), unmoved + beta, **NEAR, inputs=(x, gamma, beta),
            message="The bias should be added to the result without bias, whatever the gain.",
        )  # fmt: skip

    c.property(holds, TOKENS, GAIN, BIAS, examples=6)


@c.check("eps is added to the variance")
def under_the_root(learner, reference, rng):
    c.same_as_reference(
        learner.layer_norm, reference.layer_norm, TOKENS, GAIN, BIAS, c.floats(0.1, 2.0), **NEAR, examples=8
    )
    x, gamma, beta = np.full((2, 4), 3.0), rng.normal(size=4), rng.normal(size=4)
    c.close(
        learner.layer_norm(x, gamma, beta), np.tile(beta, (2, 1)), **NEAR, inputs=(x, gamma, beta),
        message="Where all features of a token are equal, its variance is 0 and only the bias is left.",
    )  # fmt: skip


@c.check("agrees with the formula")
def formula(learner, reference, rng):
    for lead, examples in ((N,), 16), ((), 4), ((2, 1, 3), 4):
        c.same_as_reference(
            learner.layer_norm, reference.layer_norm, c.arrays((*lead, D)), GAIN, BIAS, **NEAR, examples=examples
        )


@c.check("a large mean costs no digits", axis="stable")
def offset(learner, reference, rng):
    for kind, mean in ((np.float32, 1e3), (np.float64, 1e7)):
        x = (mean + rng.normal(size=(3, 8))).astype(kind)
        gamma, beta = np.ones(8, dtype=kind), np.zeros(8, dtype=kind)
        c.close(
            learner.layer_norm(x, gamma, beta), reference.layer_norm(x.astype(np.float64), gamma, beta),
            rtol=0, atol=1e-3, inputs=(x,), what=f"the result for {kind.__name__} features near {mean:g}",
            message="Centre before you square: squares of large numbers leave no room for small differences.",
        )  # fmt: skip


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(learner.layer_norm, rng.normal(size=(2, 3)), rng.normal(size=3), rng.normal(size=3))
