"""What inverted dropout does, however it is written. Each test of chance fails a right layer once in a million."""

import numpy as np

from cairn.judge import checks as c

X = c.arrays(min_dims=1, max_dims=3)
DROP = c.sampled(0.5, 0.2, 0.0, 0.75)

# Masks and results may be float32.
NEAR = {"rtol": 1e-5, "atol": 1e-6}


def seeded(rng):
    """A generator with a seed of its own."""
    return c.generator(int(rng.integers(1 << 30)))


@c.check("evaluation changes nothing")
def evaluation(learner, reference, rng):
    def holds(x, p):
        y, mask = learner.dropout(x, p, c.generator(0), False)
        c.close(y, x, **NEAR, what="the result in evaluation", inputs=(x, p))
        c.close(mask, np.ones(x.shape), **NEAR, what="the mask in evaluation", inputs=(x, p))

    c.property(holds, X, DROP, examples=4)


@c.check("the mask holds 0 and 1 / (1 - p)")
def mask(learner, reference, rng):
    def holds(got, x, p, generator):
        y, found = (np.asarray(g, dtype=np.float64) for g in got)
        if found.shape != x.shape:
            return False
        fits = (np.abs(found) < 1e-9) | (np.abs(found * (1 - p) - 1) < 1e-5)
        return fits.all() and np.allclose(y, x * found, **NEAR)

    c.invariant(
        "each entry of the mask is 0 or 1 / (1 - p), and y is x times the mask", learner.dropout, holds,
        X, DROP, c.sampled(*map(c.generator, range(8))), examples=8,
    )  # fmt: skip


@c.check("the entries are dropped independently")
def independent(learner, reference, rng):
    _, found = learner.dropout(np.ones((60, 50)), 0.5, seeded(rng))
    dropped = np.asarray(found) == 0
    for one, other, name in (
        (dropped[1:], dropped[:-1], "examples"), (dropped[:, 1:], dropped[:, :-1], "features"),
    ):  # fmt: skip
        alike = (one[::2, ::2] == other[::2, ::2]).mean()
        count = one[::2, ::2].size
        if abs(alike - 0.5) > 2.5 / count**0.5:  # five standard deviations
            raise c.failed(
                "the entries are dropped independently",
                f"With p = 0.5 two neighbouring {name} share their fate in {alike:.0%} of the places, where"
                " independent coins would in about half. Each entry of x needs a coin of its own.",
                got=found,
            )  # fmt: skip
    results, problem = learner.dropout.map([((np.ones(4), 0.5, seeded(rng)), {}) for _ in range(160)])
    if problem is not None:
        raise problem
    counts = [int((np.asarray(m) == 0).sum()) for _, m in results]
    try:
        c.statistical(counts, probabilities=np.array([1, 4, 6, 4, 1]) / 16)
    except c.CheckFailed as failure:
        seen = dict(zip(*map(np.ndarray.tolist, np.unique(counts, return_counts=True)), strict=True))
        message = (
            f"Over 160 masks of 4 entries with p = 0.5 the number dropped was, number: times, {seen}. With"
            " independent coins it varies, as 1 : 4 : 6 : 4 : 1."
        )
        raise failure.because(property="the entries are dropped independently", message=message) from failure


@c.check("a share p is dropped")
def share(learner, reference, rng):
    for p in (0.2, 0.7):
        _, found = learner.dropout(np.ones((60, 50)), p, seeded(rng))
        c.statistical(np.asarray(found) == 0, probabilities=(1 - p, p))
    _, found = learner.dropout(np.ones(50), 0.0, seeded(rng))
    c.close(found, np.ones(50), what="the mask with p = 0", message="With p = 0 nothing is dropped.")


@c.check("the mean is kept")
def mean(learner, reference, rng):
    for p in (0.2, 0.7):
        y, _ = learner.dropout(np.full(3000, 2.0), p, seeded(rng))
        c.statistical(y, mean=2.0, std=2.0 * (p / (1 - p)) ** 0.5)


@c.check("all randomness comes from the generator")
def repeatable(learner, reference, rng):
    calls = [((np.ones((8, 8)), 0.5, c.generator(seed)), {}) for seed in (1, 1, 2)]
    results, problem = learner.dropout.map(calls)
    if problem is not None:
        raise problem
    first, again, other = (np.asarray(m) for _, m in results)
    c.equal(again, first, what="the mask for the same state of the generator")
    assert (other != first).any(), "Two generators with different seeds give the same mask."


@c.check("the gradient passes through the mask")
def backward(learner, reference, rng):
    def holds(dy, p, seed):
        kept = (np.random.default_rng(seed).random(dy.shape) >= p) / (1 - p)
        c.close(
            learner.dropout_backward(dy, kept), dy * kept, **NEAR, inputs=(dy, kept),
            message="y is x times a mask that does not depend on x, so its slope is the mask.",
        )  # fmt: skip

    c.property(holds, X, c.sampled(0.5, 0.75), c.integers(0, 99), examples=6)


@c.check("the inputs stay as they are")
def untouched(learner, reference, rng):
    x = rng.normal(size=(2, 3))
    c.no_mutation(learner.dropout, x, 0.5, c.generator(1))
    c.no_mutation(learner.dropout, x, 0.5, c.generator(1), False)
    c.no_mutation(learner.dropout_backward, x, np.full((2, 3), 2.0))
