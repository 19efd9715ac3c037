"""Checks of the page on Hoeffding's inequality. Tails are exact wherever a sum has a law that can be written down."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome,
)

Count = Annotated[int, Range(2, 300)]
Chance = Annotated[float, Range(0.001, 0.5)]
Law = Literal["mixed", "fair coins"]


def hoeffding(t, ranges):
    """The bound on P(S - E[S] >= t) for independent terms with these ranges."""
    return np.exp(-2 * t**2 / np.sum(np.square(ranges)))


def half_width(n, delta, width=1.0):
    """The half-width of a confidence interval for a mean of n values in an interval of this width."""
    return width * np.sqrt(np.log(2 / delta) / (2 * n))


def log_binomial(n, p):
    """log P(S = k) for k = 0..n, S the number of successes in n independent trials."""
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    k = np.arange(n + 1)
    return logs[n] - logs[k] - logs[n - k] + k * np.log(p) + (n - k) * np.log1p(-p)


def two_point_sum(steps, chances):
    """The law of a sum of independent terms that are a whole number with some chance, else 0."""
    law = np.ones(1)
    for step, p in zip(steps, chances):
        term = np.zeros(step + 1)
        term[0], term[step] = 1 - p, p
        law = np.convolve(law, term)
    return law


def terms(rng, n, widest, kind):
    """Ranges and chances of n two-point terms; fair coins are the law for which the bound is tight."""
    if kind == "fair coins":
        return np.ones(n, dtype=int), np.full(n, 0.5)
    return rng.integers(1, widest + 1, size=n), rng.uniform(0.05, 0.95, size=n)


@claim(
    "bound-holds",
    "P(S − E S ≥ t) ≤ exp(−2t² / Σ(bᵢ − aᵢ)²) for every t > 0, whatever the laws of the terms.",
    assumes=("the terms are independent", "term i lies between aᵢ and bᵢ"),
)
def bound_holds(rng, n: Count = 60, widest: Annotated[int, Range(1, 6)] = 3, law_of_terms: Law = "mixed"):
    steps, chances = terms(rng, n, widest, law_of_terms)
    law = two_point_sum(steps, chances)
    t = np.arange(len(law)) - steps @ chances
    tail = np.cumsum(law[::-1])[::-1]
    above = t > 0
    bound = hoeffding(t[above], steps)
    shown = tail[above] > 1e-12
    return outcome(
        at_most("P(S − E S ≥ t), at the tightest t", tail[above], bound),
        equal("total probability", law.sum(), 1, tolerance=1e-9),
        figure("Σ(bᵢ − aᵢ)²", np.sum(steps**2)),
        message=f"{n} independent terms of the kind: {law_of_terms}. No t breaks the bound.",
        plot=Plot(
            "t", "probability",
            (Line("exact tail", t[above][shown], tail[above][shown]), Line("Hoeffding", t[above][shown], bound[shown])),
            "On a logarithmic scale the exact tail falls with t and stays below Hoeffding's bound everywhere.",
            log_y=True,
        ),
    )  # fmt: skip


@claim(
    "interval-covers",
    "With probability at least 1 − δ the mean lies within √(ln(2/δ)/(2n)) of its expectation.",
    assumes=("the n scores are independent", "each lies in [0, 1]", "n was fixed before looking"),
)
def interval_covers(
    rng, n: Annotated[int, Range(10, 5000)] = 100, p: Annotated[float, Range(0.01, 0.99)] = 0.92, delta: Chance = 0.05
):
    law = np.exp(log_binomial(n, p))
    width = half_width(n, delta)
    inside = np.abs(np.arange(n + 1) / n - p) < width
    return outcome(
        at_least("chance that the interval covers", law[inside].sum(), 1 - delta),
        figure("half-width", width),
        figure("half-width by Chebyshev", np.sqrt(1 / (4 * n * delta))),
        message="The chance of covering is exact, from the binomial law. It exceeds the promise: the bound knows no variance.",
    )


@claim(
    "worked-numbers",
    "The numbers of the worked example.",
    assumes=("scores of 0 or 1", "δ = 0.05"),
)
def worked_numbers(rng):
    need = np.log(2 / 0.05) / (2 * 0.05**2)
    return outcome(
        equal("half-width for 100", half_width(100, 0.05), 0.136, tolerance=5e-4),
        equal("half-width for 10000", half_width(10_000, 0.05), 0.0136, tolerance=5e-5),
        equal("examples for 5 points", np.ceil(need), 738),
        at_most("half-width for 738", half_width(738, 0.05), 0.05),
        at_least("half-width for 737", half_width(737, 0.05), 0.05),
        equal("examples for 5 points, paired", np.ceil(need * 4), 2952, tolerance=0.5),
        equal("half-width at 99.9 %", half_width(100, 0.001), 0.195, tolerance=5e-4),
    )


@claim(
    "two-is-needed",
    "No bound exp(−c n ε²) with c > 2 holds for all n and ε, not even for fair coins.",
    assumes=("the terms are independent fair coins",),
)
def two_is_needed(rng, c: Annotated[float, Range(2.05, 3.0)] = 2.2):
    drift = min(0.3, np.sqrt(3 / 16 * (c - 2)))  # small enough for the true rate to stay below cε²
    rate = (0.5 + drift) * np.log(1 + 2 * drift) + (0.5 - drift) * np.log(1 - 2 * drift)
    n = int(30 / (c * drift**2 - rate))
    law = log_binomial(n, 0.5)[int(np.ceil(n * (0.5 + drift))) :]
    log_tail = law.max() + np.log(np.exp(law - law.max()).sum())
    return outcome(
        at_least("ln P(mean − ½ ≥ ε)", log_tail, -c * n * drift**2),
        at_most("the same, against Hoeffding", log_tail, -2 * n * drift**2),
        figure("n", n), figure("ε", drift),
        message=f"With n = {n} fair coins and ε = {drift:.3f} the exact tail exceeds exp(−{c:g} n ε²).",
    )  # fmt: skip


@claim(
    "bernstein-when-rare",
    "For a rare event Bernstein's bound holds too, and is far smaller than Hoeffding's.",
    assumes=("the scores are independent", "each is 0 or 1"),
)
def bernstein_when_rare(
    rng, p: Annotated[float, Range(0.002, 0.05)] = 0.01, n: Annotated[int, Range(200, 5000)] = 1000
):
    drift = 3 * p
    first = int(np.ceil(n * (p + drift) - 1e-9))
    tail = np.exp(log_binomial(n, p)[first:]).sum()
    bernstein = np.exp(-n * drift**2 / (2 * (p * (1 - p) + drift / 3)))
    hoeffdings = hoeffding(n * drift, np.ones(n))
    return outcome(
        at_most("exact tail", tail, bernstein),
        at_most("Bernstein", bernstein, hoeffdings),
        figure("Hoeffding", hoeffdings), figure("ε", drift),
    )  # fmt: skip


@derivation("lemma-steps", "Hoeffding's lemma: E exp(λ(X − μ)) ≤ exp(λ²(b − a)²/8).", assumes="X lies in [a, b]")
def lemma_steps(
    rng,
    points: Annotated[int, Range(2, 40)] = 6,
    size: Annotated[float, Range(0.1, 20)] = 3.0,
    law: Literal["random", "coin on the ends"] = "random",
):
    x = rng.uniform(-2, 5, size=points)
    weights = rng.dirichlet(np.ones(points))
    if law == "coin on the ends":  # the law with the largest variance: here the lemma is tight
        x, weights, size = x[:2], np.array([0.5, 0.5]), size / 30
    a, b, mean = x.min(), x.max(), weights @ x
    lam = rng.uniform(-size, size) / (b - a)

    def psi(at):
        return np.log(weights @ np.exp(at * (x - mean)))

    tilted = weights * np.exp(lam * x)
    tilted /= tilted.sum()
    tilted_mean = tilted @ x
    tilted_variance = tilted @ (x - tilted_mean) ** 2
    h = 1e-3 / (b - a)
    slope = (psi(lam + h) - psi(lam - h)) / (2 * h)
    bend = (psi(lam + h) - 2 * psi(lam) + psi(lam - h)) / h**2
    return outcome(
        equal("ψ(0)", psi(0.0), 0, tolerance=1e-12),
        equal("ψ′(λ)", slope, tilted_mean - mean, tolerance=1e-5 * (b - a)),
        equal("ψ″(λ)", bend, tilted_variance, tolerance=1e-4 * (b - a) ** 2),
        at_most("Var under the tilted law", tilted_variance, (b - a) ** 2 / 4),
        at_most("ψ(λ)", psi(lam), lam**2 * (b - a) ** 2 / 8),
        message=f"A law on {len(x)} points, at λ(b − a) = {lam * (b - a):.2f}.",
    )


@derivation("chernoff-steps", "From the lemma to the inequality, by Chernoff's method.", assumes="independent terms")
def chernoff_steps(rng, n: Annotated[int, Range(2, 60)] = 12, law_of_terms: Law = "mixed"):
    steps, chances = terms(rng, n, 3, law_of_terms)
    law = two_point_sum(steps, chances)
    centred = np.arange(len(law)) - steps @ chances
    spread = float(np.sum(steps**2))
    t = rng.uniform(0.3, 0.7) * np.sqrt(spread)
    lam = rng.uniform(0.2, 2.0) / np.sqrt(spread)
    tail = law[centred >= t].sum()
    moment = law @ np.exp(lam * centred)
    factors = (1 - chances) * np.exp(-lam * steps * chances) + chances * np.exp(lam * steps * (1 - chances))
    best = 4 * t / spread
    grid = np.linspace(0.2 * best, 3 * best, 2001)
    return outcome(
        at_most("P(S − E S ≥ t)", tail, np.exp(-lam * t) * moment),
        equal("E exp(λ(S − E S))", moment, np.prod(factors), relative=1e-9),
        at_most("the product of the factors", np.prod(factors), np.exp(lam**2 * spread / 8)),
        equal("least exponent", np.min(-grid * t + grid**2 * spread / 8), -2 * t**2 / spread, relative=1e-5),
    )


@failure(
    "dependent-terms",
    "Copies of the same draw are no new evidence: the tail is far above the bound.",
    of="bound-holds",
    without="independence: each draw is counted several times",
)
def dependent_terms(rng, n: Annotated[int, Range(20, 400)] = 100, copies: Annotated[int, Range(1, 20)] = 10):
    blocks = n // copies
    law = np.exp(log_binomial(blocks, 0.5))
    k = np.arange(blocks + 1)
    drift = np.linspace(0.05, 0.45, 41)
    tail = np.array([law[k / blocks - 0.5 >= d - 1e-12].sum() for d in drift])
    total = blocks * copies
    bound = np.array([hoeffding(d * total, np.ones(total)) for d in drift])
    return outcome(
        at_most("P(mean − ½ ≥ ε), at the worst ε", tail, bound),
        given=[equal("mean of one term", law @ (k / blocks), 0.5, tolerance=1e-9), equal("total probability", law.sum(), 1, tolerance=1e-9)],
        message=f"{blocks} fair coins, each counted {copies} times. The bound for {total} terms is broken; "
        f"with copies = 1 it holds again.",
        plot=Plot(
            "ε", "probability",
            (Points("exact tail", drift[tail > 0], tail[tail > 0]), Line("Hoeffding, as if independent", drift, bound)),
            "The exact tail of the copied coins lies orders of magnitude above the bound for independent ones.",
            log_y=True,
        ),
    )  # fmt: skip


@failure(
    "best-of-many",
    "The best of many classifiers that only guess looks skilled.",
    of="interval-covers",
    without="the classifier was fixed before looking at the data",
)
def best_of_many(
    rng, n: Annotated[int, Range(20, 400)] = 100, classifiers: Annotated[int, Range(1, 2000)] = 1000, delta: Chance = 0.05
):
    law = np.exp(log_binomial(n, 0.5))
    width = half_width(n, delta)
    one = law[np.arange(n + 1) / n - 0.5 >= width].sum()
    any_of_them = -np.expm1(classifiers * np.log1p(-one))
    best = rng.binomial(n, 0.5, size=classifiers).max() / n
    union = half_width(n, delta / classifiers)
    return outcome(
        at_most("chance that the best leaves its interval", any_of_them, delta),
        given=[at_most("chance that a fixed one does", one, delta)],
        message=f"The best of {classifiers} coin flippers scored {best:.0%} on these {n} examples. "
        f"A union bound asks for a half-width of {union:.3f} instead of {width:.3f}.",
    )


@failure(
    "observed-range",
    "The range of the sample is not the range of the variable: the interval misses the mean nearly always.",
    of="interval-covers",
    without="a range known in advance: the largest value seen takes its place",
)
def observed_range(
    rng, n: Annotated[int, Range(10, 400)] = 100, prize: Annotated[int, Range(500, 100000)] = 1000, delta: Chance = 0.05
):
    trials = 2000
    wins = rng.binomial(n, 1 / prize, size=trials)  # a prize with chance 1/prize: the mean is 1
    means = wins * prize / n
    widths = half_width(n, delta, width=np.where(wins > 0, prize, 0))
    missed = np.mean(np.abs(means - 1) > widths)
    return outcome(
        at_most("share of intervals that miss the mean", missed, delta),
        given=[equal("mean of all trials", means.mean(), 1, tolerance=6 * np.sqrt(prize / (n * trials)))],
        message=f"A prize of {prize} with chance 1/{prize}. In {np.mean(wins == 0):.0%} of the samples nobody won, "
        "and the interval shrank to the single point 0.",
    )
