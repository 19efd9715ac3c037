"""Checks of the page on Bernstein's inequality. Sums of two-point terms have a law that can be written down: tails are exact."""

from math import lgamma
from typing import Annotated, Literal

import numpy as np

from cairn.claims import Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome

Law = Literal["rare", "mixed", "fair coins"]
Count = Annotated[int, Range(2, 200)]


def bernstein(t, v, c):
    """The bound on P(S − E S ≥ t): v the sum of the variances, c the most that a term exceeds its mean."""
    return np.exp(log_bernstein(t, v, c))


def log_bernstein(t, v, c):
    return -(t**2) / (2 * (v + c * t / 3))


def h(u):
    return (1 + u) * np.log1p(u) - u


def bennett(t, v, c):
    """The sharper bound under the same assumptions."""
    return np.exp(log_bennett(t, v, c))


def log_bennett(t, v, c):
    return -v / c**2 * h(c * t / v)


def hoeffding(t, ranges):
    return np.exp(log_hoeffding(t, ranges))


def log_hoeffding(t, ranges):
    return -2 * t**2 / np.sum(np.square(ranges))


def deviation(n, variance, c, delta):
    """What the mean of n terms exceeds its expectation by with probability at most delta."""
    return np.sqrt(2 * variance * np.log(1 / delta) / n) + 2 * c * np.log(1 / delta) / (3 * n)


def empirical_deviation(n, sample_variance, delta):
    """The same for terms in [0, 1], from the sample variance with divisor n − 1 (Maurer and Pontil, Theorem 4)."""
    return np.sqrt(2 * sample_variance * np.log(2 / delta) / n) + 7 * np.log(2 / delta) / (3 * (n - 1))


def binomial(n, p):
    """P(S = k) for k = 0..n."""
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    k = np.arange(n + 1)
    return np.exp(logs[n] - logs[k] - logs[n - k] + k * np.log(p) + (n - k) * np.log1p(-p))


def terms(rng, n, kind):
    """Sizes and chances of n independent terms, each its size with its chance, else 0."""
    if kind == "fair coins":
        return np.ones(n, dtype=int), np.full(n, 0.5)
    if kind == "rare":
        return np.ones(n, dtype=int), np.full(n, 0.02)
    return rng.integers(1, 4, size=n), rng.uniform(0.02, 0.6, size=n)


def law_of_sum(sizes, chances):
    law = np.ones(1)
    for size, p in zip(sizes, chances):
        term = np.zeros(size + 1)
        term[0], term[size] = 1 - p, p
        law = np.convolve(law, term)
    return law


@claim(
    "bernstein-holds",
    "P(S − E S ≥ t) ≤ exp(−t²/(2(v + ct/3))) for every t > 0, and Bennett's bound lies between the two.",
    assumes=("the terms are independent", "no term exceeds its mean by more than c", "v is the sum of the variances"),
)
def bernstein_holds(rng, n: Count = 120, law_of_terms: Law = "mixed"):
    sizes, chances = terms(rng, n, law_of_terms)
    law = law_of_sum(sizes, chances)
    v, c = np.sum(sizes**2 * chances * (1 - chances)), np.max(sizes * (1 - chances))
    t = np.arange(len(law)) - sizes @ chances
    tail = np.cumsum(law[::-1])[::-1]
    above = (t > 0) & (tail > 1e-12)
    t, tail = t[above], tail[above]
    return outcome(
        at_most("P(S − E S ≥ t), at the tightest t", tail, bennett(t, v, c)),
        at_most("Bennett's bound", bennett(t, v, c), bernstein(t, v, c), slack=1e-15),
        equal("v", law @ (np.arange(len(law)) - sizes @ chances) ** 2, v, relative=1e-9), figure("c", c),
        plot=Plot(
            "t", "probability",
            (Line("exact tail", t, tail), Line("Bernstein", t, bernstein(t, v, c)), Line("Hoeffding", t, hoeffding(t, sizes))),
            "On a logarithmic scale the exact tail lies below Bernstein's bound, and that below Hoeffding's near the mean.",
            log_y=True,
        ),
    )  # fmt: skip


@claim(
    "bennett-is-tight",
    "For many rare terms the exponent of Bennett's bound is the true one.",
    assumes=("independent 0–1 terms", "small chances", "many terms"),
)
def bennett_is_tight(rng, expected: Annotated[int, Range(100, 500)] = 300, u: Annotated[float, Range(0.5, 3.0)] = 1.0):
    n = 200_000
    v, k = expected * (1 - expected / n), int(np.ceil(expected * (1 + u)))
    log_tail = log_term(n, expected / n, k)  # one term of the tail is a lower bound on it
    return outcome(
        at_least("ln P(S − E S ≥ t) / ln of Bennett's bound, from a single term", log_tail / log_bennett(k - expected, v, 1), 1),
        at_most("the same, from above", log_tail / log_bennett(k - expected, v, 1), 1.25),
        at_most("ln of Bernstein's bound / ln of Bennett's", log_bernstein(k - expected, v, 1) / log_bennett(k - expected, v, 1), 1),
    )  # fmt: skip


def log_term(n, p, k):
    """ln P(S = k) for a binomial S."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * np.log(p) + (n - k) * np.log1p(-p)


@claim(
    "third-is-needed",
    "No bound exp(−t²/(2(v + κct))) with κ < 1/3 holds for all independent terms.",
    assumes=("independent 0–1 terms with a small chance",),
)
def third_is_needed(rng, kappa: Annotated[float, Range(0.0, 0.3)] = 0.25):
    p = 1e-4
    u = 2 * (1 / 3 - kappa)  # t = u·v, so near the mean that the next terms of the expansion do not matter
    gap = u**2 / (2 * (1 + kappa * u)) - h(u)
    v = 40 / gap
    n = int(v / p)
    k = int(np.ceil(n * p + u * v))
    t = k - n * p
    log_tail = log_term(n, p, k)
    return outcome(
        at_least("ln P(S − E S ≥ t), from a single term", log_tail, -(t**2) / (2 * (n * p * (1 - p) + kappa * t))),
        at_most("the same, against Bernstein", log_tail, log_bernstein(t, n * p * (1 - p), 1)),
        figure("expected number of ones", n * p), figure("t", t),
    )  # fmt: skip


@claim(
    "mean-within",
    "With probability at least 1 − δ the mean exceeds its expectation by at most √(2σ² ln(1/δ)/n) + 2c ln(1/δ)/(3n).",
    assumes=("independent terms with one law", "σ² is the true variance", "no term deviates from its mean by more than c"),
)
def mean_within(
    rng,
    n: Annotated[int, Range(10, 5000)] = 1000,
    p: Annotated[float, Range(0.001, 0.5)] = 0.01,
    delta: Annotated[float, Range(0.001, 0.5)] = 0.05,
):
    law, k = binomial(n, p), np.arange(n + 1)
    within = deviation(n, p * (1 - p), 1 - p, delta)
    return outcome(
        at_most("chance of a larger deviation, upwards", law[k / n - p > within].sum(), delta),
        at_most("the same, downwards", law[p - k / n > within].sum(), delta),
        figure("the deviation", within), figure("Hoeffding's deviation", np.sqrt(np.log(1 / delta) / (2 * n))),
    )  # fmt: skip


@claim(
    "empirical-version",
    "With the sample variance the deviation √(2V ln(2/δ)/n) + 7 ln(2/δ)/(3(n − 1)) is exceeded with probability at most δ.",
    assumes=("independent terms with one law", "values in [0, 1]", "n ≥ 2"),
)
def empirical_version(
    rng, n: Annotated[int, Range(2, 5000)] = 1000, p: Annotated[float, Range(0.001, 0.5)] = 0.01, delta: Annotated[float, Range(0.001, 0.5)] = 0.05
):
    law, k = binomial(n, p), np.arange(n + 1)
    seen = k / n * (1 - k / n) * n / (n - 1)
    return outcome(
        at_most("chance that μ lies higher", law[p - k / n > empirical_deviation(n, seen, delta)].sum(), delta),
        equal("mean of the sample variance", law @ seen, p * (1 - p), relative=1e-9),
        figure("deviation for a typical sample", empirical_deviation(n, p * (1 - p), delta)),
        figure("deviation if σ² is known", deviation(n, p * (1 - p), 1 - p, delta)),
    )  # fmt: skip


@claim(
    "no-gain-at-one-half",
    "For fair coins Hoeffding's bound is the smaller one at every t.",
    assumes=("independent fair coins",),
)
def no_gain_at_one_half(rng, n: Annotated[int, Range(2, 5000)] = 100):
    t = np.linspace(0.01, 0.5, 50) * n
    ours, theirs = log_bernstein(t, n / 4, 0.5), log_hoeffding(t, np.ones(n))
    return outcome(
        at_most("ln Hoeffding, against ln Bernstein", theirs, ours),
        equal("the two exponents near the mean", theirs[0] / ours[0], 1 + 0.01 * 2 / 3, relative=1e-9),
    )


@claim("worked-numbers", "The numbers of the page.")
def worked_numbers(rng):
    level, wanted = np.log(20), 1e-4
    by_hoeffding, by_bernstein = level / (2 * wanted**2), 2 * level * (0.001 + wanted / 3) / wanted**2
    return outcome(
        equal("Hoeffding", np.sqrt(level / 20_000), 0.0122, tolerance=5e-5),
        equal("first term", np.sqrt(2 * 0.001 * level / 10_000), 0.00077, tolerance=5e-6),
        equal("second term", 2 * level / 30_000, 0.00020, tolerance=5e-6),
        equal("Bernstein", deviation(10_000, 0.001, 1, 0.05), 0.00097, tolerance=5e-6),
        equal("millions of views, Hoeffding", by_hoeffding / 1e6, 150, tolerance=0.5),
        equal("thousands of views, Bernstein", by_bernstein / 1e3, 619, tolerance=0.5),
        equal("how many times fewer", by_hoeffding / by_bernstein, 242, tolerance=0.5),
        equal("bound at that number of views", bernstein(by_bernstein * wanted, by_bernstein * 0.001, 1), 0.05, tolerance=1e-9),
        equal("empirical", empirical_deviation(10_000, 0.000999, 0.05), 0.0017, tolerance=5e-5),
        equal("second term of the empirical version, 11 views", empirical_deviation(11, 0.0, 0.05), 0.861, tolerance=5e-4),
        equal("views at which the terms are equal", 2 * level / (9 * 0.001), 666, tolerance=0.5),
        equal("first term there", np.sqrt(2 * 0.001 * level / 665.7), 2 * level / (3 * 665.7), relative=1e-3),
    )


@derivation("bennett-steps", "From variance and range to Bennett's bound.", assumes="independent terms, none more than c above its mean")
def bennett_steps(rng, points: Annotated[int, Range(2, 30)] = 6, law: Literal["random", "two points"] = "random"):
    y, weights = rng.normal(size=points), rng.dirichlet(np.ones(points))
    if law == "two points":  # the law with the largest moment generating function
        p = rng.uniform(0.05, 0.5)
        y, weights = np.array([0.0, 1.0]), np.array([1 - p, p])
    y = y - weights @ y
    c, variance = y.max(), weights @ y**2
    lam, n, t = rng.uniform(0.1, 3) / c, 7, rng.uniform(0.1, 2) * c
    v, x = n * variance, lam * c
    moment = weights @ np.exp(lam * y)
    growth = (np.exp(x) - 1 - x) / x**2
    grid = np.linspace(1e-3, 3, 6001) * np.log1p(c * t / v) / c
    exponent = -grid * t + v / c**2 * (np.exp(grid * c) - 1 - grid * c)
    return outcome(
        at_most("e^λY, value by value", np.exp(lam * y), 1 + lam * y + lam**2 * y**2 * growth, slack=1e-12),
        at_most("E e^λY", moment, 1 + variance * (np.exp(x) - 1 - x) / c**2, slack=1e-12),
        at_most("1 + a, against e^a", 1 + variance * (np.exp(x) - 1 - x) / c**2, np.exp(variance * (np.exp(x) - 1 - x) / c**2)),
        at_most("E e^λ(S − E S)", moment**n, np.exp(v * (np.exp(x) - 1 - x) / c**2)),
        equal("the least exponent", np.min(exponent), -v / c**2 * h(c * t / v), relative=1e-5),
        message=f"{n} terms with {len(y)} values each.",
    )  # fmt: skip


@derivation("bernstein-steps", "From Bennett's bound to Bernstein's, and to a deviation.", assumes="v > 0, c > 0, 0 < δ < 1")
def bernstein_steps(rng, largest: Annotated[float, Range(0.01, 100)] = 5.0):
    u = np.linspace(0, largest, 400)[1:]
    step = 1e-4 * u
    lower = u**2 / (2 * (1 + u / 3))
    bend = (np.log1p(u + step) - np.log1p(u - step)) / (2 * step)  # h′(u) = ln(1 + u)
    v, c, delta = rng.uniform(0.1, 5), rng.uniform(0.1, 2), rng.uniform(0.001, 0.5)
    level = np.log(1 / delta)
    t = c * level / 3 + np.sqrt((c * level / 3) ** 2 + 2 * v * level)
    return outcome(
        at_most("(1 + u/3)⁻³, against h″(u)", (1 + u / 3) ** -3, bend, slack=1e-7),
        at_most("u²/(2(1 + u/3)), against h(u)", lower, h(u), slack=1e-15),
        equal("the bound at this t", bernstein(t, v, c), delta, relative=1e-9),
        at_most("t", t, deviation(1, v, c, delta)),
        given=[equal("t, at v = 0", c * level / 3 + np.sqrt((c * level / 3) ** 2), deviation(1, 0.0, c, delta), relative=1e-9)],
    )


@failure(
    "plugged-in-variance",
    "With the sample variance in the place of the true one the deviation is exceeded too often.",
    of="mean-within",
    without="σ² is the true variance",
)
def plugged_in_variance(rng, n: Annotated[int, Range(100, 5000)] = 1000, expected: Annotated[float, Range(0.5, 5.0)] = 2.5):
    p, delta = expected / n, 0.05
    law, k = binomial(n, p), np.arange(n + 1)
    seen = k / n * (1 - k / n) * n / (n - 1)
    plugged, honest = deviation(n, seen, 1.0, delta), empirical_deviation(n, seen, delta)
    return outcome(
        at_most("chance that μ lies higher", law[p - k / n > plugged].sum(), delta),
        figure("chance that nothing was seen", law[0]),
        given=[
            at_most("the same with the true variance", law[p - k / n > deviation(n, p * (1 - p), 1.0, delta)].sum(), delta),
            at_most("the same with the empirical version", law[p - k / n > honest].sum(), delta),
        ],
        message=f"{expected:g} ones are expected. A sample without any has variance 0, and its interval reaches only to "
        f"{plugged[0] * n:.2f} of them.",
    )


@failure(
    "counted-twice",
    "Copies of the same draw add no evidence: the tail is far above the bound.",
    of="bernstein-holds",
    without="the terms are independent",
)
def counted_twice(rng, draws: Annotated[int, Range(20, 400)] = 200, copies: Annotated[int, Range(1, 20)] = 5):
    p = 0.05
    law = binomial(draws, p)
    k = np.arange(draws + 1)
    t = copies * (k - draws * p)
    tail = np.cumsum(law[::-1])[::-1]
    shown = (t > 0) & (tail > 1e-12)
    bound = bernstein(t[shown], copies * draws * p * (1 - p), 1 - p)
    return outcome(
        at_most("P(S − E S ≥ t), at the worst t", tail[shown], bound),
        given=[at_most("what one term exceeds its mean by", 1 - p, 1), equal("E S", law @ t, 0, tolerance=1e-9)],
        message=f"{draws} draws, each counted {copies} times. The variances of the terms sum to {copies * draws * p * (1 - p):.1f}; "
        f"that of the sum is {copies**2 * draws * p * (1 - p):.1f}.",
        plot=Plot(
            "t", "probability", (Points("exact tail", t[shown], tail[shown]), Line("Bernstein, as if independent", t[shown], bound)),
            "The exact tail of the repeated draws lies far above the bound for independent ones.", log_y=True,
        ),
    )  # fmt: skip


@failure(
    "finite-variance-only",
    "A finite variance alone gives no exponential tail: one rare large term reaches farther.",
    of="bernstein-holds",
    without="no term exceeds its mean by more than c",
)
def finite_variance_only(rng, n: Annotated[int, Range(20, 1000)] = 100, size: Annotated[float, Range(20.0, 300.0)] = 100.0):
    p = 1 / (1 + size**2)  # two values with mean 0 and variance 1, the larger one equal to size
    law, k = binomial(n, p), np.arange(n + 1)
    t = k * size - (n - k) / size
    tail = np.cumsum(law[::-1])[::-1]
    far = (t > 0) & (tail > 1e-12)
    return outcome(
        at_most("P(S − E S ≥ t), at the worst t", tail[far], bernstein(t[far], n, 1)),
        given=[equal("variance of one term", p * size**2 + (1 - p) / size**2, 1, relative=1e-9),
               equal("E S", law @ t, 0, tolerance=1e-6)],
        message=f"Each term has variance 1, but one in {size**2 + 1:.0f} is {size:g}. The bound took c = 1.",
    )  # fmt: skip
