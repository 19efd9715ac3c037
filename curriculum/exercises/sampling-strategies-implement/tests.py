"""What the sampled distribution is, and which token a number draws."""

import numpy as np

from cairn.judge import checks as c

LOGITS = c.arrays((c.dim(1, 6),), low=-3, high=3)
TIED = c.arrays((c.dim(1, 6),), integers=True, low=0, high=2)


def same(learner, reference, *args):
    """The same distribution."""
    c.close(learner(*args), reference(*args), inputs=args, what="the distribution", atol=1e-12)


@c.check("the result is a distribution")
def distribution(learner, reference, rng):
    def holds(z, k, p):
        """The probabilities are not negative and sum to 1"""
        got = np.asarray(learner.sampling_probabilities(z, 1.0, k, p))
        c.shape(got, z.shape)
        c.close(float(got.sum()), 1.0, rtol=1e-9, inputs=(z, 1.0, k, p), what="the sum of the probabilities")
        return got.min() >= 0

    c.property(holds, LOGITS, c.sampled(None, 1, 2, 9), c.sampled(None, 0.3, 0.77, 1.0), examples=12)


@c.check("the temperature divides the logits")
def temperature(learner, reference, rng):
    f, g = learner.sampling_probabilities, reference.sampling_probabilities
    same(f, g, np.array([0.5, -1.0, 2.0]))
    c.same_as_reference(f, g, LOGITS, c.sampled(1.0, 0.5, 2.0, 5), examples=8, atol=1e-12)


@c.check("top-k keeps exactly k, ties by id")
def top_k(learner, reference, rng):
    # Wide rows as well: a sort that is not stable shows only there.
    f, g = learner.sampling_probabilities, reference.sampling_probabilities
    c.same_as_reference(f, g, TIED, 1.0, c.integers(1, 7), examples=14, atol=1e-12)
    same(f, g, rng.integers(0, 3, size=60).astype(float), 1.0, 31)


@c.check("top-p keeps the token that crosses the threshold")
def top_p(learner, reference, rng):
    f, g = learner.sampling_probabilities, reference.sampling_probabilities
    for p, kept in ((0.49, 1), (0.51, 2), (0.79, 2), (0.81, 3), (0.94, 3), (0.96, 4), (1.0, 4), (0.001, 1)):
        z = np.log([0.15, 0.5, 0.05, 0.3])
        got = np.asarray(f(z, 1.0, None, p))
        c.close(
            np.count_nonzero(got), kept, inputs=(z, 1.0, None, p), what="the number of tokens that are kept",
            message=f"Of (0.5, 0.3, 0.15, 0.05) the first {kept} are the fewest that hold {p}.",
        )  # fmt: skip
        same(f, g, z, 1.0, None, p)
    same(f, g, rng.integers(0, 2, size=60).astype(float), 1.0, None, 0.5003)


@c.check("top-p acts after top-k")
def both(learner, reference, rng):
    f, g = learner.sampling_probabilities, reference.sampling_probabilities
    for z in (np.log([0.5, 0.3, 0.15, 0.05]), np.log([0.2, 0.19, 0.21, 0.18, 0.22])):
        for k, p in ((3, 0.8), (2, 0.52), (2, 0.6), (4, 0.9), (9, 0.7)):
            same(f, g, z, 1.0, k, p)


@c.check("the temperature acts before top-p")
def order(learner, reference, rng):
    f, g = learner.sampling_probabilities, reference.sampling_probabilities
    for t in (0.4, 2.0, 5.0):
        same(f, g, np.log([0.05, 0.6, 0.1, 0.25]), t, None, 0.701)
        same(f, g, np.log([0.05, 0.6, 0.1, 0.25]), t, 3, 0.701)


@c.check("large logits and small temperatures do no harm", axis="stable")
def large(learner, reference, rng):
    f, g = learner.sampling_probabilities, reference.sampling_probabilities
    for z in ([4000.0, 4001.0, 3999.0], [-4000.0, -4001.0], [0.0, -np.inf, 1.0], [-np.inf, 5.0]):
        for t in (1.0, 0.001, 1000.0):
            same(f, g, np.array(z), t)
            same(f, g, np.array(z), t, 2, 0.9)


@c.check("u selects by the cumulative sum")
def inverse(learner, reference, rng):
    for u in (0.0, 0.2, 0.25, 0.3, 0.74, 0.75, 0.8, 0.999999):
        p = np.array([0.25, 0.5, 0.25])
        c.close(learner.draw(p, u), reference.draw(p, u), inputs=(p, u), what="the token")
    p = np.array([0.1, 0.2, 0.3, 0.4])
    seen = [learner.draw(p, (i + 0.5) / 100) for i in range(0, 100, 5)]
    c.close([seen.count(i) for i in range(4)], [2, 4, 6, 8], what="the counts of 20 evenly spread numbers")


@c.check("a token of probability 0 is never drawn")
def never(learner, reference, rng):
    p = np.array([0.0, 0.5, 0.0, 0.5, 0.0])
    for u, token in ((0.0, 1), (0.4999, 1), (0.5, 3), (1 - 2**-53, 3)):
        c.close(
            learner.draw(p, u), token, inputs=(p, u), what="the token",
            message="The smallest i whose cumulative sum is greater than u has a probability above 0.",
        )  # fmt: skip


@c.check("a sum below 1 does no harm", axis="stable")
def rounding(learner, reference, rng):
    p = np.array([0.1] * 10 + [0.0])  # the cumulative sum ends in 1 - 2**-53
    p32 = np.array([0.3, 0.7 - 1e-7, 0.0])
    for given, token in ((p, 9), (p32, 1)):
        u = 1 - 2**-53
        c.close(
            learner.draw(given, u), token, inputs=(given, u), what="the token",
            message="When u is above the rounded sum, the last token of positive probability is drawn.",
        )  # fmt: skip


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    c.no_mutation(learner.sampling_probabilities, np.array([1.0, 3.0, 2.0]), 0.5, 2, 0.9)
    c.no_mutation(learner.draw, np.array([0.2, 0.3, 0.5]), 0.4)
