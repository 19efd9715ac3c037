"""Checks of the page on PAC learning. For thresholds the law of the learned rule is known exactly, whatever the distribution."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome

Accuracy = Annotated[float, Range(0.01, 0.3)]
Count = Annotated[int, Range(1, 400)]
Law = Literal["uniform", "a few heavy points", "random", "crowded at the threshold"]
POINTS = 20_000


def survives(eps, m):
    """The chance that a region of mass eps gets none of m examples."""
    return (1 - eps) ** m


def weights_of(rng, law):
    """Masses of points in increasing order; the true rule is 1 from the first tenth on."""
    if law == "a few heavy points":
        w = np.zeros(POINTS)
        w[rng.choice(POINTS, size=12, replace=False)] = rng.dirichlet(np.ones(12))
        return w
    if law == "random":
        return rng.dirichlet(np.full(POINTS, 0.05))
    if law == "crowded at the threshold":
        w = np.exp(-np.abs(np.arange(POINTS) - POINTS // 10) / 50)
        return w / w.sum()
    return np.full(POINTS, 1 / POINTS)


def chance_of_large_error(train, test, m, eps):
    """P(error > eps) of the smallest positive example, for points in increasing order that are all positive.

    train and test are the masses of the positive points for the sample and for the error.
    """
    seen = np.concatenate([[0.0], np.cumsum(train)])  # P(a ≤ x < point j)
    none_before = (1 - np.minimum(seen, 1)) ** m
    chances = np.append(none_before[:-1] - none_before[1:], none_before[-1])  # the last: no positive example
    errors = np.concatenate([[0.0], np.cumsum(test)])
    return chances[errors > eps + 1e-12].sum()


@claim(
    "thresholds",
    "From m examples the smallest positive one is a threshold whose error exceeds ε with probability at most (1 − ε)^m.",
    assumes=(
        "the class is that of thresholds", "some threshold makes no error", "the examples are independent",
        "test points follow the distribution of the sample",
    ),
)  # fmt: skip
def thresholds(rng, m: Count = 90, eps: Accuracy = 0.05, law: Law = "uniform"):
    w = weights_of(rng, law)[POINTS // 10 :]
    found = chance_of_large_error(w, w, m, eps)
    tight = [at_least("the same, from below", found, 0.95 * survives(eps, m))] if law == "uniform" and w.sum() > eps else []
    return outcome(
        at_most("P(error > ε)", found, survives(eps, m), slack=1e-12),
        *tight,
        at_most("(1 − ε)^m", survives(eps, m), np.exp(-eps * m)),
        message=f"{m} examples, distribution: {law}. The bound is the same for every distribution"
        + (", and this one attains it." if tight else "."),
    )


@claim(
    "rectangles",
    "The tightest rectangle round the positive examples errs by more than ε with probability at most 4(1 − ε/4)^m.",
    assumes=("some axis-parallel rectangle makes no error", "the examples are independent", "test points follow the distribution of the sample"),
)
def rectangles(rng, m: Annotated[int, Range(20, 400)] = 160, eps: Annotated[float, Range(0.05, 0.4)] = 0.1, law: Literal["uniform", "ring"] = "uniform"):
    trials = 400
    x = rng.uniform(size=(trials, m, 2))
    if law == "ring":  # crowded towards the borders
        x = 0.5 + 0.5 * np.sin(np.pi * (x - 0.5))
    # The true rectangle holds all points but those right of 0.9; its own borders carry no mass elsewhere.
    inside = x[..., 0] <= 0.9
    low = np.where(inside[..., None], x, 1.0).min(axis=1)
    high = np.where(inside[..., None], x, 0.0).max(axis=1)

    def mass(upto):
        return upto if law == "uniform" else 0.5 + np.arcsin(2 * upto - 1) / np.pi

    missed = mass(0.9) - np.prod(mass(high) - mass(np.minimum(low, high)), axis=1)
    bound = 4 * survives(eps / 4, m)
    strips = 1 - four_strips_hit(m, eps)
    return outcome(
        at_most("share of samples with error > ε", np.mean(missed > eps), bound, slack=6 * np.sqrt(min(1, bound) / trials)),
        at_most("P(one of four strips of mass ε/4 is missed), exact", strips, bound, slack=1e-12),
        at_least("the same, from below", strips, bound - 0.375 * bound**2, slack=1e-12),
        figure("mean error", missed.mean()),
        message=f"{trials} samples of {m} examples. The slack is six standard errors.",
    )


@claim(
    "two-rates",
    "Without a perfect hypothesis a twice smaller ε takes four times the examples, with one only twice.",
    assumes=("δ is fixed",),
)
def two_rates(rng, delta: Annotated[float, Range(0.005, 0.2)] = 0.05):
    eps = np.array([0.2, 0.1, 0.05, 0.025])
    coins = np.array([votes_needed(e, delta) for e in eps])
    perfect = np.array([np.ceil(np.log(delta) / np.log(1 - e)) for e in eps])
    return outcome(
        equal("factors for half the ε, best of two constants under noise", coins[2:] / coins[1:-1], np.full(2, 4.0), relative=0.06),
        equal("factors for half the ε, thresholds without noise", perfect[2:] / perfect[1:-1], np.full(2, 2.0), relative=0.06),
        figure("examples under noise at ε = 0.025", coins[-1]), figure("examples without noise at ε = 0.025", perfect[-1]),
        message="Under noise: y = 1 with chance (1 + ε)/2 or (1 − ε)/2, and one must tell which constant is better.",
        plot=Plot(
            "ε", "examples", (Line("best of two constants under noise", eps, coins), Line("thresholds without noise", eps, perfect)),
            "On logarithmic axes the line for noisy labels rises twice as steeply towards small ε as the one without noise.",
            log_x=True, log_y=True,
        ),
    )  # fmt: skip


def binomial_upper(n, p):
    """P(S > n/2) for odd n."""
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    k = np.arange(n // 2 + 1, n + 1)
    return np.exp(logs[n] - logs[k] - logs[n - k] + k * np.log(p) + (n - k) * np.log1p(-p)).sum()


def votes_needed(eps, delta):
    """The least odd number of labels whose majority picks the worse constant with chance at most delta.

    The worse constant has an excess risk of eps.
    """
    low, high = 0, 1
    while binomial_upper(2 * high + 1, (1 - eps) / 2) > delta:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if binomial_upper(2 * middle + 1, (1 - eps) / 2) > delta:
            low = middle
        else:
            high = middle
    return 2 * high + 1


@claim("worked-numbers", "The numbers of the page.")
def worked_numbers(rng):
    def enough(eps, delta):
        return np.ceil(np.log(1 / delta) / eps)

    return outcome(
        equal("examples for 5% and 99%", enough(0.05, 0.01), 93),
        equal("examples by the exact power", np.ceil(np.log(0.01) / np.log(0.95)), 90),
        at_most("chance of failure with 90", 0.95**90, 0.01), at_least("chance of failure with 89", 0.95**89, 0.01),
        equal("chance of failure with 90, four decimals", 0.95**90, 0.0099, tolerance=5e-5),
        equal("chance that a bad rule survives 20 examples", 0.95**20, 0.358, tolerance=5e-4),
        equal("examples for half the error", enough(0.025, 0.01), 185), equal("examples for a tenth of the risk", enough(0.05, 0.001), 139),
        equal("examples for rectangles", np.ceil(4 * np.log(4 / 0.01) / 0.05), 480),
        at_most("four strips, chance of failure with 480", 4 * (1 - 0.05 / 4) ** 480, 0.01),
        equal("labels for two constants under noise", votes_needed(0.05, 0.01), 2163),
    )  # fmt: skip


@derivation("threshold-steps", "Thresholds are PAC learnable.", assumes="the true rule is 1{x ≥ a}; independent examples")
def threshold_steps(rng, m: Annotated[int, Range(1, 60)] = 20, eps: Accuracy = 0.1, law: Law = "random"):
    w = weights_of(rng, law)[POINTS // 10 :]
    closed = np.cumsum(w)
    reach = int(np.argmax(closed >= eps)) if closed[-1] >= eps else len(w) - 1  # the point b
    up_to, before = closed[reach], closed[reach] - w[reach]
    learned = rng.choice(len(w), p=w / w.sum())
    bad = chance_of_large_error(w, w, m, eps)
    empty = (1 - up_to) ** m
    return outcome(
        equal("P(h(x) ≠ true label)", w[np.arange(len(w)) < learned].sum(), closed[learned] - w[learned], tolerance=1e-9),
        at_most("P(a ≤ x < b)", before, eps + 1e-12),
        at_most("P(error > ε)", bad, empty if closed[-1] > eps else 0, slack=1e-9),
        at_most("P(no example in [a, b])", empty, (1 - min(eps, closed[-1])) ** m, slack=1e-12),
        at_most("(1 − ε)^m", survives(eps, m), np.exp(-eps * m)),
    )


@derivation("rectangle-steps", "Rectangles are PAC learnable.", assumes="a true rectangle; independent examples")
def rectangle_steps(rng, m: Annotated[int, Range(4, 60)] = 30, eps: Annotated[float, Range(0.05, 0.5)] = 0.2):
    x = rng.uniform(size=(m, 2))  # all positive: the true rectangle is the unit square
    low, high = x.min(axis=0), x.max(axis=0)
    error = 1 - np.prod(high - low)
    grid = (np.indices((60, 60)).reshape(2, -1).T + 0.5) / 60
    outside = np.any((grid < low) | (grid > high), axis=1)
    strips = np.array([grid[:, 0] < eps / 4, grid[:, 0] > 1 - eps / 4, grid[:, 1] < eps / 4, grid[:, 1] > 1 - eps / 4])
    hit = [low[0] <= eps / 4, high[0] >= 1 - eps / 4, low[1] <= eps / 4, high[1] >= 1 - eps / 4]
    escaped = outside & ~np.any(strips, axis=0)
    return outcome(
        equal("P(R without R̂), on a grid", outside.mean(), error, tolerance=0.08),
        at_most("P(the four strips together)", np.any(strips, axis=0).mean(), eps, slack=0.04),
        at_most("share outside R̂ and outside the strips, if all are hit", escaped.mean() * all(hit), 0),
        at_most("P(some strip is missed)", 1 - four_strips_hit(m, eps), 4 * survives(eps / 4, m), slack=1e-12),
    )


def four_strips_hit(m, eps):
    """P(each of the four strips of the unit square gets an example), by inclusion and exclusion over the strips."""
    side = 1 - eps / 4
    both = 1 - eps / 2
    empty = [
        4 * side**m,
        2 * both**m + 4 * (side * side) ** m,
        4 * (both * side) ** m,
        (both * both) ** m,
    ]
    return 1 - empty[0] + empty[1] - empty[2] + empty[3]


@failure(
    "other-test-points",
    "A rule learned where examples are common may fail where the test points are.",
    of="thresholds",
    without="test points follow the distribution of the sample",
)
def other_test_points(rng, m: Count = 90, eps: Accuracy = 0.05, near: Annotated[float, Range(0.005, 0.2)] = 0.02):
    train = np.full(POINTS, 1 / POINTS)[POINTS // 10 :]
    test = np.zeros_like(train)
    test[: int(near * POINTS)] = 1 / int(near * POINTS)  # test points crowd just above the threshold
    found = chance_of_large_error(train, test, m, eps)
    return outcome(
        at_most("P(error > ε on the test points)", found, survives(eps, m), slack=1e-12),
        given=[at_most("P(error > ε on points like the sample)", chance_of_large_error(train, train, m, eps), survives(eps, m))],
        message=f"All test points lie in a zone next to the threshold that holds {near:g} of the sample's distribution.",
    )


@failure(
    "flipped-labels",
    "One wrongly positive example far below the threshold ruins the rule.",
    of="thresholds",
    without="some threshold makes no error",
)
def flipped_labels(rng, m: Count = 90, eps: Accuracy = 0.05, flips: Annotated[float, Range(0.0, 0.3)] = 0.02):
    # Uniform on [0, 1], threshold one half. Below it, a learned threshold at distance s has the excess risk (1 − 2·flips)s.
    allowed = eps / (1 - 2 * flips)
    below = 1 - (1 - flips * max(0.0, 0.5 - allowed)) ** m  # some flipped example lies farther below
    above = (1 - (1 - flips) * allowed - flips / 2) ** m if allowed < 0.5 else 0.0  # no positive one is near or below
    return outcome(
        at_most("P(excess risk > ε)", below + above, survives(eps, m), slack=1e-12),
        figure("least risk in the class", flips),
        given=[at_most("P(error > ε) without flips", survives(eps, m), np.exp(-eps * m))],
        message=f"A share {flips:g} of the labels is flipped. A learner that minimises the number of errors would be safe; "
        "the smallest positive example is not." if flips else "No label is flipped: the bound holds.",
    )  # fmt: skip


@failure(
    "every-rule",
    "Among all rules no number of examples serves every distribution.",
    of="thresholds",
    without="the class is that of thresholds",
)
def every_rule(rng, m: Annotated[int, Range(2, 400)] = 90, eps: Accuracy = 0.05):
    # The learner remembers the positive examples. All points are positive, N of them equally likely.
    crowd = int(np.ceil(m / (1 - eps))) + 1
    missed = 1 - m / crowd  # at most m of the points have been seen
    return outcome(
        at_most("P(error > ε) when the distribution spreads over many points", float(missed > eps), survives(eps, m)),
        figure("points of that distribution", crowd), figure("error, at least", missed),
        given=[at_most("P(error > ε) when it has two points", 2 * 0.5**m, survives(eps, m))],
        message=f"Whatever m is, a distribution over a few more points defeats it: here {crowd} points and {m} examples. "
        "For each single distribution some m is enough; no m is enough for all.",
    )  # fmt: skip
