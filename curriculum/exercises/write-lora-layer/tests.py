"""What a layer with LoRA does, however it is written."""

import math

import numpy as np

from cairn.judge import checks as c

N, D, K, R = c.dim(1, 3), c.dim(1, 4), c.dim(1, 4), c.dim(1, 3)
X, W, A, B = c.arrays((N, K)), c.arrays((D, K)), c.arrays((R, K)), c.arrays((D, R))
ALPHA = c.sampled(1.0, 4.0, 16.0)


def trained(module, w, a, b, alpha):
    """A layer whose factors have been set."""
    layer = module.LoRALayer(w, len(a), alpha, c.generator(1))
    layer.A, layer.B = a, b
    return layer


@c.check("a new layer is the base layer")
def base(learner, reference, rng):
    def holds(x, w, rank):
        got = learner.LoRALayer(w, rank, 8.0, c.generator(3)).forward(x)
        c.close(
            got, x @ w.T, inputs=(x, w, rank), what="the output of a new layer",
            message="Before training the update must be zero, so that the model is the pre-trained one.",
        )  # fmt: skip

    c.property(holds, X, W, c.sampled(1, 2, 4), examples=6)


@c.check("A starts random")
def start(learner, reference, rng):
    for d, k, rank in ((2, 4, 100), (3, 64, 8)):
        a, b = learner.LoRALayer(np.ones((d, k)), rank, 8.0, c.generator(5)).parameters()
        c.shape(a, (rank, k), what="A")
        c.shape(b, (d, rank), what="B")
        normal = np.vectorize(lambda v, k=k: 0.5 + 0.5 * math.erf(v * math.sqrt(k / 2)))
        c.statistical(np.ravel(a), cdf=normal)
    one, other = (learner.LoRALayer(np.ones((2, 3)), 2, 8.0, c.generator(s)).A for s in (1, 2))
    assert not np.array_equal(one, other), "Two generators gave the same A: draw it from rng."


@c.check("the update is scaled by alpha / rank")
def scaled(learner, reference, rng):
    def forward(module, x, w, a, b, alpha):
        """the output is that of the base layer plus alpha / rank times the update"""
        return trained(module, w, a, b, alpha).forward(x)

    c.same_behaviour(learner, reference, forward, X, W, A, B, ALPHA, examples=10)


@c.check("the merged weight does what the layer does")
def merged(learner, reference, rng):
    def merge(module, w, a, b, alpha):
        """merge gives the weight plus alpha / rank times B A"""
        return trained(module, w, a, b, alpha).merge()

    c.same_behaviour(learner, reference, merge, W, A, B, ALPHA, examples=8)


@c.check("merging changes nothing")
def kept(learner, reference, rng):
    x, w, a, b = (rng.normal(size=s) for s in ((2, 3), (4, 3), (2, 3), (4, 2)))
    layer = trained(learner, w, a, b, 6.0)
    before, first = layer.forward(x), layer.merge()
    c.close(
        layer.merge(), first, what="the second result of merge",
        message="Merging twice adds the update twice: the frozen weight was changed.",
    )  # fmt: skip
    c.close(layer.forward(x), before, what="the output after merge", message="merge changed the layer.")
    c.no_mutation(layer.forward, x)


@c.check("only the two factors are trained")
def counted(learner, reference, rng):
    a, b = rng.normal(size=(2, 5)), rng.normal(size=(3, 2))
    found = trained(learner, np.ones((3, 5)), a, b, 1.0).parameters()
    c.parameter_count(found, 2 * (3 + 5))
    c.close(list(found), [a, b], what="the trained parameters", message="They should be the present A and B.")
