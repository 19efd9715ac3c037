"""Checks of the page on Markov's and Chebyshev's inequalities. All laws are finite, so every tail is exact."""

from math import comb
from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line,
    Plot,
    Range,
    at_least,
    at_most,
    claim,
    derivation,
    equal,
    failure,
    figure,
    outcome,
)

Law = Literal["random", "the tight one"]
Size = Annotated[float, Range(0.1, 50)]
EDGE = 1e-9  # a point that lies on the threshold counts as reached, whatever the rounding


def markov(mean, a):
    """The bound on P(X ≥ a) for X ≥ 0."""
    return mean / a


def chebyshev(variance, t):
    """The bound on P(|X − μ| ≥ t)."""
    return variance / t**2


def cantelli(variance, t):
    """The bound on P(X − μ ≥ t)."""
    return variance / (variance + t**2)


def tosses_by_chebyshev(accuracy, risk):
    """Enough 0–1 terms for their mean to be within this accuracy but for this risk."""
    return 0.25 / (accuracy**2 * risk)


def tosses_by_hoeffding(accuracy, risk):
    return np.log(2 / risk) / (2 * accuracy**2)


def tails(x, weights, thresholds):
    """P(X ≥ a) for each threshold a."""
    return np.array([weights[x >= a - EDGE].sum() for a in np.atleast_1d(thresholds)])


def moments(x, weights):
    mean = weights @ x
    return mean, weights @ (x - mean) ** 2


def random_law(rng, points=8):
    """A law on a few points, most of its weight on some of them."""
    return rng.normal(scale=3, size=points), rng.dirichlet(np.full(points, 0.5))


def binomial(n, p=0.5):
    """P(S = k) for k = 0..n."""
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    k = np.arange(n + 1)
    return np.exp(logs[n] - logs[k] - logs[n - k] + k * np.log(p) + (n - k) * np.log1p(-p))


@claim(
    "markov-holds",
    "P(X ≥ a) ≤ E X / a for every a > 0.",
    assumes=("X is never negative", "a > 0"),
)
def markov_holds(rng, law: Law = "random", a: Size = 4.0, share: Annotated[float, Range(0.01, 0.99)] = 0.1):
    x, weights = random_law(rng)
    x = np.abs(x)
    if law == "the tight one":
        x, weights = np.array([0.0, a]), np.array([1 - share, share])
    mean = moments(x, weights)[0]
    grid = np.append(np.linspace(0.05, 1.2, 60) * x.max(), a)
    exact, bound = tails(x, weights, grid), markov(mean, grid)
    shown = grid > mean
    return outcome(
        at_most("P(X ≥ a), at the tightest a", exact, bound, slack=1e-12),
        figure("E X", mean),
        message=f"A law on {len(x)} points: {law}. "
        + (f"At a = {a:g} bound and truth are both {share:g}." if law != "random" else "No threshold breaks the bound."),
        given=[at_least("the least value of X", x.min(), 0)],
        plot=Plot(
            "a", "probability",
            (Line("P(X ≥ a)", np.sort(grid[shown]), exact[shown][np.argsort(grid[shown])]),
             Line("E X / a", np.sort(grid[shown]), bound[shown][np.argsort(grid[shown])])),
            "The exact tail is a staircase that falls with a and stays below the curve of Markov's bound.",
        ) if law == "random" else None,
    )  # fmt: skip


@claim(
    "markov-is-attained",
    "From the mean alone no smaller bound follows: X in {0, a} has P(X ≥ a) = E X / a.",
    assumes=("X is 0 or a",),
)
def markov_is_attained(rng, a: Size = 2.0, share: Annotated[float, Range(0.01, 0.99)] = 1 / 12):
    x, weights = np.array([0.0, a]), np.array([1 - share, share])
    mean = moments(x, weights)[0]
    return outcome(
        equal("P(X ≥ a)", tails(x, weights, a)[0], markov(mean, a), tolerance=1e-12), figure("E X", mean)
    )


@claim(
    "chebyshev-holds",
    "P(|X − μ| ≥ t) ≤ σ²/t² for every t > 0; for each t ≥ σ some law attains it.",
    assumes=("μ is the mean of X", "σ² is the variance of X, not that of a sample"),
)
def chebyshev_holds(rng, law: Law = "random", k: Annotated[float, Range(1.0, 10)] = 3.0):
    x, weights = random_law(rng)
    if law == "the tight one":
        x, weights = np.array([-k, 0, k]), np.array([0.5 / k**2, 1 - 1 / k**2, 0.5 / k**2])
    mean, variance = moments(x, weights)
    t = np.linspace(0.1, 4, 80) * np.sqrt(variance) if law == "random" else np.array([k])
    exact = tails(np.abs(x - mean), weights, t)
    tight = [equal("P(|X − μ| ≥ t), against σ²/t²", exact, chebyshev(variance, t), tolerance=1e-12)]
    return outcome(
        at_most("P(|X − μ| ≥ t), at the tightest t", exact, chebyshev(variance, t), slack=1e-12),
        *(tight if law != "random" else ()),
        figure("σ", np.sqrt(variance)),
        message="A law on eight points."
        if law == "random"
        else f"Values −{k:g}, 0 and {k:g}: variance 1, equality at t = {k:g}.",
    )


@claim(
    "cantelli-holds",
    "P(X − μ ≥ t) ≤ σ²/(σ² + t²) for every t > 0; for each t some law attains it.",
    assumes=("μ is the mean of X", "σ² is the variance of X, not that of a sample", "t > 0"),
)
def cantelli_holds(rng, law: Law = "random", t: Annotated[float, Range(0.1, 10)] = 3.0):
    x, weights = random_law(rng)
    if law == "the tight one":  # two values, t above the mean and 1/t below it: variance 1
        x, weights = np.array([t, -1 / t]), np.array([1 / (1 + t**2), t**2 / (1 + t**2)])
    mean, variance = moments(x, weights)
    grid = np.linspace(0.1, 4, 80) * np.sqrt(variance) if law == "random" else np.array([t])
    exact = tails(x - mean, weights, grid)
    tight = [equal("P(X − μ ≥ t), against the bound", exact, cantelli(variance, grid), tolerance=1e-9)]
    return outcome(
        at_most("P(X − μ ≥ t), at the tightest t", exact, cantelli(variance, grid), slack=1e-12),
        *(tight if law != "random" else ()),
        equal("the bound at t = σ", cantelli(variance, np.sqrt(variance)), 0.5, tolerance=1e-12),
        equal("Chebyshev at t = σ", chebyshev(variance, np.sqrt(variance)), 1, tolerance=1e-12),
    )


@claim(
    "mean-of-uncorrelated",
    "For the mean of n terms P(|mean − μ| ≥ t) ≤ σ²/(n t²).",
    assumes=("the terms are pairwise uncorrelated", "each term has mean μ and variance σ²"),
)
def mean_of_uncorrelated(rng, seeds: Annotated[int, Range(2, 10)] = 6):
    # Bits made as parities of the non-empty subsets of a few fair coins: any two are independent, three are not.
    n = 2**seeds - 1
    coins = (np.arange(2**seeds)[:, None] >> np.arange(seeds)) & 1
    subsets = (np.arange(1, n + 1)[:, None] >> np.arange(seeds)) & 1
    bits = (coins @ subsets.T) % 2
    means, weights = bits.mean(axis=1), np.full(2**seeds, 2.0**-seeds)
    pairs = np.cov(bits.T[: min(n, 12)], bias=True)
    t = np.array([0.05, 0.1, 0.2, 0.3, 0.4, 0.5])
    exact = tails(np.abs(means - 0.5), weights, t)
    return outcome(
        at_most("P(|mean − ½| ≥ t), at the tightest t", exact, chebyshev(0.25, t) / n),
        equal("n · variance of the mean", n * moments(means, weights)[1], 0.25, tolerance=1e-12),
        equal(
            "P(|mean − ½| ≥ ½), times (n + 1)/n, against the bound",
            exact[-1] * (n + 1) / n,
            chebyshev(0.25, t[-1]) / n,
            tolerance=1e-12,
        ),
        given=[equal("covariances of the first terms", pairs, np.eye(len(pairs)) / 4, tolerance=1e-12)],
        message=f"{n} bits made from {seeds} coins, any two of them independent. They all vanish together with chance "
        f"1/{n + 1}; Chebyshev allows 1/{n}.",
    )


@claim(
    "price-of-certainty",
    "For 0–1 terms Chebyshev's sample size grows like 1/δ, the one from Hoeffding's inequality like ln(1/δ).",
    assumes=("independent scores of 0 or 1", "the wanted accuracy is fixed"),
)
def price_of_certainty(rng, accuracy: Annotated[float, Range(0.02, 0.2)] = 0.05):
    risk = 10.0 ** -np.arange(1, 9)
    by_chebyshev, by_hoeffding = tosses_by_chebyshev(accuracy, risk), tosses_by_hoeffding(accuracy, risk)
    n = int(np.ceil(by_chebyshev[0]))
    exact = tails(np.abs(np.arange(n + 1) / n - 0.5), binomial(n), accuracy)[0]
    return outcome(
        at_most("chance of a miss with Chebyshev's n, at δ = 0.1", exact, 0.1),
        equal("factor in n for ten times less risk, Chebyshev", by_chebyshev[1] / by_chebyshev[0], 10, tolerance=1e-9),
        at_most("the same, Hoeffding", by_hoeffding[1:] / by_hoeffding[:-1], 1.8),
        figure("Chebyshev's n at δ = 1e-8", by_chebyshev[-1]), figure("Hoeffding's n at δ = 1e-8", np.ceil(by_hoeffding[-1])),
        message=f"To be within {accuracy:g} of the truth.",
        plot=Plot(
            "δ", "examples", (Line("Chebyshev", risk, by_chebyshev), Line("Hoeffding", risk, by_hoeffding)),
            "On logarithmic axes Chebyshev's sample size rises steadily as the risk falls; Hoeffding's stays nearly flat.",
            log_x=True, log_y=True,
        ),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the page.")
def worked_numbers(rng):
    coins = tails(np.abs(np.arange(2001) / 2000 - 0.5), binomial(2000), 0.05)[0]
    return outcome(
        equal("Markov", markov(10, 120), 0.083, tolerance=5e-4),
        equal("Markov beyond the minimum", markov(10 - 4, 120 - 4), 0.052, tolerance=5e-4),
        equal("Chebyshev", chebyshev(25, 110), 0.0021, tolerance=5e-5),
        equal("Cantelli", cantelli(25, 110), 0.0021, tolerance=5e-5),
        equal("Chebyshev at 15 minutes", chebyshev(25, 5), 1), equal("Cantelli at 15 minutes", cantelli(25, 5), 0.5),
        equal("tosses", tosses_by_chebyshev(0.05, 0.05), 2000, tolerance=1e-6),
        equal("tosses by Hoeffding", np.ceil(tosses_by_hoeffding(0.05, 0.05)), 738),
        at_most("chance of a miss with 2000 tosses", coins, 1e-5),
        equal("the same, as a multiple of 1e-6", coins * 1e6, 8.5, tolerance=0.05),
        equal("tosses for a million events", tosses_by_chebyshev(0.05, 1e-8), 1e10, relative=1e-9),
        equal("tosses for a million events by Hoeffding", np.ceil(tosses_by_hoeffding(0.05, 1e-8)), 3823),
    )  # fmt: skip


@claim(
    "median-of-means",
    "The median of k means, each off by two standard errors with chance at most 1/4, is off with chance at most exp(−k/8).",
    assumes=("the groups are independent", "the terms have a finite variance"),
)
def median_of_means(rng, groups: Annotated[int, Range(1, 200)] = 40):
    half = (groups + 1) // 2
    off = tails(np.arange(groups + 1.0), binomial(groups, chebyshev(1, 2)), groups / 2)[0]
    return outcome(
        at_most("chance that half of the means are off", off, np.exp(-groups / 8)),
        at_least(
            "the same, against its largest term",
            off,
            comb(groups, half) * 0.25**half * 0.75 ** (groups - half),
            slack=1e-15,
        ),
        equal("chance that one mean is off, by Chebyshev", chebyshev(1, 2), 0.25),
    )


@derivation(
    "chebyshev-steps",
    "Markov's inequality, and Chebyshev's from it.",
    assumes="Y ≥ 0, a > 0; X has mean μ and variance σ²",
)
def chebyshev_steps(rng, points: Annotated[int, Range(2, 40)] = 8, law: Law = "random"):
    y, weights = rng.exponential(size=points), rng.dirichlet(np.ones(points))
    a = rng.uniform(0.2, 1.5) * y.max()
    x = rng.normal(size=points)
    mean = moments(x, weights)[0]
    t = rng.uniform(0.1, 1) * np.abs(x - mean).max()
    if law == "the tight one":  # equality in both inequalities
        y, weights, x, a, t = (
            np.array([0, a]),
            np.array([0.5, 0.5]),
            np.array([3 - t, 3 + t]),
            a - EDGE / 2,
            t - EDGE / 2,
        )
        mean = 3.0
    far = tails((x - mean) ** 2, weights, t**2)[0]
    return outcome(
        at_most("a · 1{Y ≥ a}, outcome by outcome", a * (y >= a), y),
        at_most("a P(Y ≥ a)", a * tails(y, weights, a)[0], weights @ y, slack=1e-8),
        at_most("P((X − μ)² ≥ t²)", far, weights @ (x - mean) ** 2 / t**2, slack=1e-8),
        equal("P(|X − μ| ≥ t)", tails(np.abs(x - mean), weights, t)[0], far, tolerance=1e-12),
    )


@derivation("cantelli-steps", "The one-sided form.", assumes="X has mean μ and variance σ²; t > 0")
def cantelli_steps(rng, points: Annotated[int, Range(2, 40)] = 8, law: Law = "random"):
    x, weights = rng.normal(size=points), rng.dirichlet(np.ones(points))
    mean, variance = moments(x, weights)
    x = x - mean
    t = rng.uniform(0.2, 1.5) * np.sqrt(variance)
    s = rng.uniform(0, 2) * np.sqrt(variance)
    if law == "the tight one":  # values t and −1/t, variance 1, and the best shift
        x, weights, variance, s = np.array([t, -1 / t]), np.array([1, t**2]) / (1 + t**2), 1.0, 1 / t
    best = variance / t
    grid = np.linspace(0, 4 * best, 4001)
    return outcome(
        at_most("P(X − μ ≥ t)", tails(x, weights, t)[0], tails((x + s) ** 2, weights, (t + s) ** 2)[0]),
        equal("E(X − μ + s)²", weights @ (x + s) ** 2, variance + s**2, tolerance=1e-12),
        at_most(
            "P((X − μ + s)² ≥ (t + s)²)",
            tails((x + s) ** 2, weights, (t + s) ** 2)[0],
            (variance + s**2) / (t + s) ** 2,
            slack=1e-12,
        ),
        equal(
            "the least bound",
            np.min((variance + grid**2) / (t + grid) ** 2),
            cantelli(variance, t),
            relative=1e-5,
        ),
    )


@failure(
    "negative-values",
    "Where losses can pay for gains, the mean limits nothing.",
    of="markov-holds",
    without="X is never negative",
)
def negative_values(rng, loss: Annotated[float, Range(0.5, 20)] = 1.0):
    x = np.array([-loss, 1.0])
    weights = np.array([1.0, loss]) / (1 + loss)  # mean 0
    mean = moments(x, weights)[0]
    return outcome(
        at_most("P(X ≥ 1)", tails(x, weights, 1.0)[0], markov(mean, 1.0), slack=1e-12),
        given=[equal("E X", mean, 0, tolerance=1e-12), at_least("the threshold a", 1.0, 0)],
        message=f"Win 1 with chance {weights[1]:.2f}, lose {loss:g} otherwise: the mean is 0, and the formula promises "
        "that nobody wins.",
    )


@failure(
    "sample-variance",
    "The variance of a sample is not the variance: samples that missed the rare value promise too much.",
    of="chebyshev-holds",
    without="σ² is the variance of X, not that of a sample",
)
def sample_variance(
    rng, n: Annotated[int, Range(5, 200)] = 50, one_in: Annotated[int, Range(300, 10000)] = 1000
):
    p = 1 / one_in
    k = np.arange(n + 1)
    seen = binomial(n, p)
    likely = seen > 0.01
    variance = (k / n) * (1 - k / n)
    t = 0.5
    return outcome(
        at_most(
            "P(|X − μ| ≥ ½), by the sample's variance",
            np.full(likely.sum(), p),
            chebyshev(variance[likely], t),
        ),
        figure("chance of a sample with variance 0", seen[0]),
        given=[at_most("P(|X − μ| ≥ ½), by the true variance", p, chebyshev(p * (1 - p), t))],
        message=f"A job hangs once in {one_in}. {seen[0]:.0%} of the samples of {n} saw none: variance 0, and a promise "
        "that no job ever hangs.",
    )


@failure(
    "correlated-terms",
    "With a common cause the mean of n terms is no surer than one term.",
    of="mean-of-uncorrelated",
    without="the terms are pairwise uncorrelated",
)
def correlated_terms(
    rng, n: Annotated[int, Range(20, 400)] = 100, rho: Annotated[float, Range(0.0, 1.0)] = 0.1
):
    # With chance rho all terms show one common coin, else each its own: each pair has correlation rho.
    alone = binomial(n)
    weights = (1 - rho) * alone
    weights[[0, -1]] += rho / 2
    means = np.arange(n + 1) / n
    t = np.array([0.1, 0.2, 0.3, 0.4, 0.5])
    return outcome(
        at_most("P(|mean − ½| ≥ t), at the worst t", tails(np.abs(means - 0.5), weights, t), chebyshev(0.25, t) / n),
        given=[equal("n · variance of the mean, against σ²(1 + (n − 1)ρ)", n * moments(means, weights)[1], 0.25 * (1 + (n - 1) * rho), tolerance=1e-9),
               equal("mean of all terms", weights @ means, 0.5, tolerance=1e-9)],
        message=f"In a share {rho:g} of the runs one common cause decides all {n} terms." if rho else "No common cause: the bound holds again.",
    )  # fmt: skip
