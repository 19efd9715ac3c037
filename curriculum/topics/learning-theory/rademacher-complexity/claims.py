"""Checks of the page on Rademacher complexity. Signs are listed, and for thresholds both sides are known exactly."""

from itertools import product
from math import comb
from typing import Annotated, Literal

import numpy as np

from cairn.claims import Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, that

Examples = Annotated[int, Range(5, 200)]
Few = Annotated[int, Range(2, 10)]
Risk = Annotated[float, Range(0.001, 0.5)]


def signs(m):
    """All sign vectors of length m, one a row."""
    return np.array(list(product([-1.0, 1.0], repeat=m)))


def complexity(values):
    """The empirical Rademacher complexity of functions with these values, one function a row."""
    m = values.shape[1]
    return (signs(m) @ values.T).max(axis=1).mean() / m


def deviation(m, delta):
    return np.sqrt(np.log(1 / delta) / (2 * m))


def massart(radius, size, m):
    """The bound for finitely many vectors of norm at most radius."""
    return radius * np.sqrt(2 * np.log(size)) / m


def linear_bound(norm, radius, m):
    """The bound for weights and inputs of at most these norms."""
    return norm * radius / np.sqrt(m)


def thresholds_complexity(m):
    """The complexity of 1{x ≥ a} on m different points: the mean maximum of a walk of m fair steps, over m (reflection)."""
    ends = np.arange(-m, m + 1, 2)
    law = np.array([comb(m, (m + e) // 2) / 2**m for e in ends])
    return sum(law[ends >= r].sum() + law[ends > r].sum() for r in range(1, m + 1)) / m


def gap_exceeds(m, t):
    """P(sup over thresholds of R − R̂ > t) for a continuous law (Birnbaum and Tingey)."""
    if t <= 0:
        return 1.0
    if t >= 1:
        return 0.0
    j = np.arange(1, int(np.floor(m * (1 - t) + 1e-12)) + 1)
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, m + 1)))])
    left = np.maximum(1 - t - j / m, 1e-300)
    terms = logs[m] - logs[j] - logs[m - j] + (m - j) * np.log(left) + (j - 1) * np.log(t + j / m)
    return float((1 - t) ** m + t * np.exp(terms).sum())


def mean_gap(m):
    grid = np.linspace(0, 1, 201)
    return np.trapezoid([gap_exceeds(m, t) for t in grid], grid)


@claim(
    "gap-bound",
    "With probability 1 − δ, E g ≤ mean of g + 2R + √(ln(1/δ)/(2m)) for all g of the class at once.",
    assumes=("the class was fixed before the sample", "the draws are independent", "values lie in [0, 1]"),
)
def gap_bound(rng, m: Examples = 100, delta: Risk = 0.05, family: Literal["thresholds", "all functions"] = "thresholds"):
    sizes = np.unique(np.geomspace(5, 200, 8).astype(int))
    if family == "thresholds":
        rich, mean = thresholds_complexity(m), mean_gap(m)
    else:  # the function that is 0 on the sample and 1 elsewhere has the gap 1
        rich, mean = 0.5, 1.0
    twice = 2 * rich
    over = gap_exceeds(m, twice + deviation(m, delta)) if family == "thresholds" else 0.0
    exactly = [equal("mean gap, against twice the complexity", mean, twice)] if family == "all functions" else []
    return outcome(
        at_most("mean of the largest gap", mean, twice),
        at_most("P(a larger gap than the bound)", over, delta),
        *exactly,
        figure("complexity", rich), figure("the bound", twice + deviation(m, delta)),
        message=f"{m} draws of a continuous law, {family}.",
        plot=Plot(
            "m", "gap",
            (Line("2R", sizes, [2 * thresholds_complexity(int(n)) for n in sizes]), Line("mean of the largest gap", sizes, [mean_gap(int(n)) for n in sizes])),
            "For thresholds both the mean gap and twice the complexity fall like one over the root of m, the first below the second.",
            log_x=True, log_y=True,
        ) if family == "thresholds" else None,
    )  # fmt: skip


@claim(
    "massart",
    "Finitely many vectors of norm at most r have complexity at most r√(2 ln N)/m.",
    assumes=("finitely many vectors",),
)
def massart_lemma(rng, m: Few = 8, size: Annotated[int, Range(1, 200)] = 20, kind: Literal["random", "all signs"] = "random"):
    values = signs(m) if kind == "all signs" else rng.normal(size=(size, m))
    found, bound = complexity(values), massart(np.linalg.norm(values, axis=1).max(), len(values), m)
    near = [at_least("the same, from below", found, 0.84 * bound)] if kind == "all signs" else []
    return outcome(
        at_most("complexity", found, bound, slack=1e-12), *near, figure("vectors", len(values)),
        message=f"{len(values)} vectors on {m} points, all {2**m} draws of the signs.",
    )


@claim(
    "contraction",
    "Applying an L-Lipschitz function to all values multiplies the complexity by at most L.",
    assumes=("φ is L-Lipschitz",),
)
def contraction(
    rng, m: Few = 8, size: Annotated[int, Range(1, 40)] = 12, phi: Literal["absolute value", "clip", "ramp", "minus two times"] = "absolute value"
):
    values = rng.normal(size=(size, m))
    after, constant = {
        "absolute value": (np.abs(values), 1), "clip": (np.clip(values, -0.5, 0.5), 1),
        "ramp": (np.clip(1 - values / 0.5, 0, 1), 2), "minus two times": (-2 * values, 2),
    }[phi]  # fmt: skip
    same = [equal("complexity after, where φ is linear", complexity(after), 2 * complexity(values), tolerance=1e-12)]
    return outcome(
        at_most("complexity after φ", complexity(after), constant * complexity(values), slack=1e-12),
        *(same if phi == "minus two times" else ()),
        figure("complexity before", complexity(values)),
    )


@claim(
    "linear-class",
    "Linear functions with weights of norm at most B on inputs of norm at most r have complexity at most Br/√m, in every dimension.",
    assumes=("the norm of the weights is at most B", "each input has norm at most r"),
)
def linear_class(rng, m: Few = 8, d: Annotated[int, Range(1, 400)] = 50, kind: Literal["random", "orthogonal"] = "random"):
    norm, radius = 2.0, 3.0
    x = np.eye(m) if kind == "orthogonal" else rng.normal(size=(m, d))
    x = radius * x / np.linalg.norm(x, axis=1, keepdims=True)
    found = norm * np.linalg.norm(signs(m) @ x, axis=1).mean() / m
    tight = [equal("complexity, for orthogonal inputs", found, linear_bound(norm, radius, m), tolerance=1e-12)]
    return outcome(
        at_most("complexity", found, linear_bound(norm, radius, m), slack=1e-12),
        at_least("the same, from below", found, linear_bound(norm, radius, m) / np.sqrt(2), slack=1e-12),
        *(tight if kind == "orthogonal" else ()),
        message=f"{m} inputs in {x.shape[1]} dimensions. For each draw of signs the best weights are known.",
    )


@claim(
    "half-for-classes",
    "The 0–1 losses of a class with values ±1 have half the complexity of the class.",
    assumes=("values are −1 or 1", "labels are −1 or 1"),
)
def half_for_classes(rng, m: Few = 8, size: Annotated[int, Range(1, 60)] = 12):
    values, y = rng.choice([-1.0, 1.0], size=(size, m)), rng.choice([-1.0, 1.0], size=m)
    return outcome(equal("complexity of the losses", complexity((values != y).astype(float)), complexity(values) / 2, tolerance=1e-12))


@claim(
    "margin",
    "P(yh(x) ≤ 0) ≤ share of examples with margin at most ρ + 2Br/(ρ√m) + √(ln(1/δ)/(2m)), in every dimension.",
    assumes=("ρ and B were fixed before the sample", "the draws are independent"),
)
def margin(rng, d: Annotated[int, Range(3, 500)] = 300, m: Annotated[int, Range(50, 400)] = 200, rho: Annotated[float, Range(0.05, 0.6)] = 0.3):
    def draw(n):
        y = rng.choice([-1.0, 1.0], size=n)
        other = rng.normal(size=(n, d - 1))
        return np.column_stack([0.6 * y, 0.8 * other / np.linalg.norm(other, axis=1, keepdims=True)]), y

    x, y = draw(m)
    w = (y @ x) / np.linalg.norm(y @ x)
    fresh, labels = draw(1500)
    error, bound = np.mean(labels * (fresh @ w) <= 0), np.mean(y * (x @ w) <= rho) + 2 * linear_bound(1, 1, m) / rho + deviation(m, 0.05)
    u = np.linspace(-2, 2, 801)
    ramp = np.clip(1 - u / rho, 0, 1)
    return outcome(
        at_most("error on fresh points", error, bound, slack=6 * np.sqrt(0.25 / 1500)),
        that("the ramp lies between the two losses", (ramp >= (u <= 0)) & (ramp <= (u <= rho))),
        at_most("steepness of the ramp", np.abs(np.diff(ramp) / np.diff(u)).max(), 1 / rho, slack=1e-9),
        figure("bound", bound), figure("share of examples with a small margin", np.mean(y * (x @ w) <= rho)),
        message=f"{m} examples in {d} dimensions, all inputs and weights of norm 1.",
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the page.")
def worked_numbers(rng):
    steps = np.array([[0.0, 0], [0, 1], [1, 1]])
    return outcome(
        equal("thresholds on two points", complexity(steps), 0.375, tolerance=1e-12),
        equal("the walk's formula for two points", thresholds_complexity(2), 0.375, tolerance=1e-12),
        equal("all functions on two points", complexity(signs(2) / 2 + 0.5), 0.5, tolerance=1e-12),
        equal("thresholds on 100 points", thresholds_complexity(100), 0.075, tolerance=5e-4),
        equal("deviation", deviation(100, 0.05), 0.122, tolerance=5e-4),
        equal("bound for thresholds", 2 * thresholds_complexity(100) + deviation(100, 0.05), 0.272, tolerance=5e-4),
        equal("true value for thresholds", true_gap(100), 0.121, tolerance=5e-4),
        equal("mean gap for thresholds", mean_gap(100), 0.061, tolerance=5e-4),
        equal("scatter above the mean", true_gap(100) - mean_gap(100), 0.060, tolerance=5e-4),
        equal("Vapnik–Chervonenkis", np.sqrt(2 * np.log(np.e * 100) / 100) + deviation(100, 0.05), 0.457, tolerance=5e-4),
        equal("Massart, 50 classifiers", massart(20, 50, 400), 0.14, tolerance=5e-4),
        equal("linear", linear_bound(5, 1, 10_000), 0.05, tolerance=1e-12),
        equal("margin term", 2 * linear_bound(5, 1, 10_000) / 1, 0.1, tolerance=1e-12),
    )  # fmt: skip


def true_gap(m):
    """The one-sided gap over thresholds that is exceeded with probability 5%, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(25):
        middle = (low + high) / 2
        low, high = (middle, high) if gap_exceeds(m, middle) > 0.05 else (low, middle)
    return high


@derivation("gap-steps", "The bound, by symmetrisation and McDiarmid's inequality.", assumes="independent draws, values in [0, 1]")
def gap_steps(rng, m: Annotated[int, Range(4, 100)] = 40):
    two_samples = sum(comb(2 * m, m - k) for k in range(1, m + 1)) / comb(2 * m, m) / m
    trials = 800
    flips = np.where(rng.random((trials, m)) < 0.5, 1, -1)
    order = np.argsort(rng.uniform(size=(trials, 2 * m)), axis=1)
    walk = np.cumsum(np.take_along_axis(np.concatenate([flips, -flips], axis=1), order, axis=1), axis=1)
    tops = np.maximum(walk.max(axis=1), 0) / m
    sample, moved = rng.uniform(size=m), int(rng.integers(m))
    changed = sample.copy()
    changed[moved] = rng.uniform()
    t = np.linspace(0.01, 0.5, 20)
    middle = mean_gap(m)
    tail = np.array([gap_exceeds(m, middle + s) for s in t])
    return outcome(
        at_most("E Φ", middle, two_samples, slack=1e-6),
        equal("mean with random signs", tops.mean(), two_samples, tolerance=6 * tops.std() / np.sqrt(trials)),
        at_most("mean over both samples", two_samples, 2 * thresholds_complexity(m)),
        at_most("change of Φ when one example moves", abs(one_sided(sample) - one_sided(changed)), 1 / m, slack=1e-12),
        at_most("P(Φ ≥ E Φ + t)", tail, np.exp(-2 * m * t**2), slack=1e-9),
        message=f"Thresholds, {m} draws of a continuous law.",
    )


def one_sided(sample):
    """sup over thresholds of R − R̂ for a sample of the uniform law on [0, 1]; the loss is 1 below the threshold."""
    ordered = np.sort(sample)
    return max(0.0, (ordered - np.arange(len(ordered)) / len(ordered)).max())


@derivation("massart-steps", "Massart's lemma, by the exponential moment of the maximum.", assumes="N vectors of norm at most r")
def massart_steps(rng, m: Few = 8, size: Annotated[int, Range(2, 100)] = 20):
    values = rng.normal(size=(size, m))
    radius = np.linalg.norm(values, axis=1).max()
    lam = rng.uniform(0.2, 2.0) / radius
    sums = signs(m) @ values.T
    tops = sums.max(axis=1)
    grid = np.linspace(0.05, 20, 20_000) / radius
    return outcome(
        at_most("exp(λ E max)", np.exp(lam * tops.mean()), np.exp(lam * tops).mean()),
        at_most("E exp(λ max)", np.exp(lam * tops).mean(), np.exp(lam * sums).mean(axis=0).sum()),
        at_most("E exp(λ Σσᵢaᵢ)", np.cosh(lam * values).prod(axis=1), np.exp(lam**2 * (values**2).sum(axis=1) / 2)),
        at_most("E max", tops.mean(), np.log(size) / lam + lam * radius**2 / 2),
        equal("the least right side", np.min(np.log(size) / grid + grid * radius**2 / 2), m * massart(radius, size, m), relative=1e-4),
    )


@derivation("linear-steps", "Linear classes, free of the dimension.", assumes="weights of norm at most B, inputs of norm at most r")
def linear_steps(rng, m: Few = 8, d: Annotated[int, Range(1, 100)] = 20):
    norm, x = 2.0, rng.normal(size=(m, d))
    radius = np.linalg.norm(x, axis=1).max()
    draws = signs(m)
    one = draws[rng.integers(len(draws))]
    w = rng.normal(size=(500, d))
    w *= norm / np.linalg.norm(w, axis=1, keepdims=True)
    best = norm * (one @ x) / np.linalg.norm(one @ x)
    lengths = np.linalg.norm(draws @ x, axis=1)
    return outcome(
        equal("largest Σσᵢ w·xᵢ", max((w @ (one @ x)).max(), best @ (one @ x)), norm * np.linalg.norm(one @ x), relative=1e-12),
        at_most("E ‖Σσᵢxᵢ‖", lengths.mean(), np.sqrt((lengths**2).mean())),
        equal("E ‖Σσᵢxᵢ‖²", (lengths**2).mean(), (x**2).sum(), relative=1e-12),
        at_most("complexity", norm * lengths.mean() / m, linear_bound(norm, radius, m)),
    )


@failure(
    "class-from-sample",
    "A class with one member has complexity 0. If the member was built from the sample, the bound is false.",
    of="gap-bound",
    without="the class was fixed before the sample",
)
def class_from_sample(rng, m: Annotated[int, Range(10, 200)] = 100, delta: Risk = 0.05):
    sample, fresh = rng.uniform(size=m), rng.uniform(size=1000)
    gap = np.mean(~np.isin(fresh, sample)) - np.mean(~np.isin(sample, sample))  # losses: 0 on the sample, 1 elsewhere
    return outcome(
        at_most("gap of the only member", gap, 0 + deviation(m, delta)),
        given=[at_most("P(a larger gap) for a threshold fixed before", tail_of_one(m, deviation(m, delta)), delta),
               equal("complexity of one function", complexity(rng.random((1, 6))), 0, tolerance=1e-12)],
        message="All functions that could have been built belong to the class, and that class has the complexity one half.",
    )  # fmt: skip


def tail_of_one(m, t):
    """P(R − R̂ > t) for one hypothesis of risk one half."""
    law = np.array([comb(m, k) / 2**m for k in range(m + 1)])
    return law[0.5 - np.arange(m + 1) / m > t].sum()


@failure(
    "unbounded-values",
    "One function with a rare large value breaks the bound, although a class of one has complexity 0.",
    of="gap-bound",
    without="values lie in [0, 1]",
)
def unbounded_values(rng, m: Examples = 100, size: Annotated[int, Range(1, 10_000)] = 1000):
    unseen = (1 - 1 / size) ** m
    gap = 1.0  # E g − mean of g, if the value was not seen
    return outcome(
        at_most("P(a larger gap than the bound)", unseen * float(gap > deviation(m, 0.05)), 0.05),
        given=[equal("E g", size * (1 / size), 1, tolerance=1e-12)],
        message=f"The function is {size} once in {size} draws and 0 otherwise.",
    )


@failure(
    "repeated-draws",
    "With every example stored several times, the bound for the larger number is false.",
    of="gap-bound",
    without="the draws are independent",
)
def repeated_draws(rng, draws: Annotated[int, Range(5, 40)] = 20, copies: Annotated[int, Range(1, 50)] = 20, delta: Risk = 0.05):
    m = draws * copies
    claimed = 2 * thresholds_complexity(m) + deviation(m, delta)
    honest = 2 * thresholds_complexity(draws) + deviation(draws, delta)
    return outcome(
        at_most("P(a larger gap than the bound)", gap_exceeds(draws, claimed), delta),
        given=[at_most("the same with the number of different draws", gap_exceeds(draws, honest), delta)],
        message=f"{draws} draws, each stored {copies} times. The bound for {m} promises {claimed:.3f}; {honest:.3f} would be right.",
    )
