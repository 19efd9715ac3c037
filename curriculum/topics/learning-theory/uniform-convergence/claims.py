"""Checks of the page on uniform convergence. For thresholds the law of the largest gap is known exactly (Kolmogorov's statistic)."""

from math import comb, exp, lgamma, log
from typing import Annotated, Literal

import numpy as np

from cairn.claims import Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome

Examples = Annotated[int, Range(5, 300)]
Gap = Annotated[float, Range(0.05, 0.5)]


def one_bound(m, eps):
    """Hoeffding, both sides: the chance that the training error of one fixed hypothesis is off by more than eps."""
    return 2 * np.exp(-2 * m * np.square(eps))


def vc_bound(growth, m, eps):
    """The Vapnik–Chervonenkis bound; growth is the growth function at 2m."""
    return 4 * growth * np.exp(-m * np.square(eps) / 8)


def growth_of_degree(d, n):
    """The largest growth function of a class with VC dimension d, at n points."""
    return sum(comb(n, i) for i in range(min(d, n) + 1))


def largest_gap_exceeds(m, d):
    """P(sup over thresholds of |R − R̂| > d) for m draws of a continuous law: one minus the matrix formula of Marsaglia, Tsang and Wang."""
    if d <= 0.5 / m:
        return 1.0
    if m * d**2 > 18:
        return 0.0  # below 1e-15, which one minus the formula cannot show
    k = int(m * d) + 1
    size, h = 2 * k - 1, k - m * d
    i, j = np.indices((size, size))
    matrix = np.where(i - j + 1 >= 0, 1.0, 0.0)
    powers = h ** np.arange(1, size + 1)
    matrix[:, 0] -= powers
    matrix[-1, :] -= powers[::-1]
    matrix[-1, 0] += max(0.0, 2 * h - 1) ** size
    factorials = np.array([exp(lgamma(a + 1)) for a in range(size + 1)])
    matrix /= np.where(i - j + 1 > 0, factorials[np.clip(i - j + 1, 0, size)], 1.0)
    return float(np.clip(1 - np.linalg.matrix_power(matrix, m)[k - 1, k - 1] * exp(lgamma(m + 1) - m * log(m)), 0, 1))


def two_samples_differ(m, steps):
    """P(sup over thresholds of |R̂_S − R̂_S'| ≥ steps/m) for two samples of m draws (Gnedenko and Korolyuk)."""
    if steps <= 0:
        return 1.0
    ways = sum((-1) ** (j + 1) * comb(2 * m, m - j * steps) for j in range(1, m // steps + 1))
    return 2 * ways / comb(2 * m, m)


def binomial(n, p):
    """P(S = k) for k = 0..n."""
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    k = np.arange(n + 1)
    return np.exp(logs[n] - logs[k] - logs[n - k] + k * np.log(p) + (n - k) * np.log1p(-p))


@claim(
    "one-fixed",
    "For one hypothesis P(|R − R̂| > ε) ≤ 2exp(−2mε²).",
    assumes=("the hypothesis was fixed before the sample", "losses lie in [0, 1]", "the draws are independent"),
)
def one_fixed(rng, m: Examples = 100, risk: Annotated[float, Range(0.02, 0.5)] = 0.5):
    law, off = binomial(m, risk), np.abs(np.arange(m + 1) / m - risk)
    eps = np.linspace(0.01, 0.5, 50)
    exact = np.array([law[off > e].sum() for e in eps])
    return outcome(
        at_most("P(|R − R̂| > ε), at the tightest ε", exact, one_bound(m, eps), slack=1e-12),
        equal("total probability", law.sum(), 1, tolerance=1e-9),
    )


@claim(
    "all-thresholds",
    "For all thresholds at once P(sup |R − R̂| > ε) ≤ 2exp(−2mε²), the bound for a single one.",
    assumes=("all labels are 0", "the draws are independent"),
)
def all_thresholds(rng, m: Examples = 100):
    eps = np.linspace(0.6, 2.2, 33) / np.sqrt(m)
    exact = np.array([largest_gap_exceeds(m, e) for e in eps])
    alone = binomial(m, 0.5)
    single = np.array([alone[np.abs(np.arange(m + 1) / m - 0.5) > e].sum() for e in eps])
    sample = np.sort(rng.uniform(size=(1500, m)), axis=1)
    gaps = np.maximum(np.arange(1, m + 1) / m - sample, sample - np.arange(m) / m).max(axis=1)
    middle = eps[12]
    shown = (eps * np.sqrt(m) > 1) & (eps * np.sqrt(m) < 1.8)
    tight = [at_least("the same, from below, for m ≥ 20", exact[shown], 0.6 * one_bound(m, eps[shown]))] if m >= 20 else []
    return outcome(
        at_most("P(sup gap > ε), at the tightest ε", exact, one_bound(m, eps), slack=1e-9),
        *tight,
        equal("share of 1500 samples with sup gap > 1.2/√m", np.mean(gaps > middle), largest_gap_exceeds(m, middle), tolerance=6 * np.sqrt(0.25 / 1500)),
        figure("sup gap exceeded by 5%", np.interp(-0.05, -exact, eps)), figure("the same by the bound", np.sqrt(np.log(40) / (2 * m))),
        message=f"{m} draws of a continuous law; the law of the largest gap is exact and the same for all of them.",
        plot=Plot(
            "ε", "probability",
            (Line("all thresholds", eps, exact), Line("one threshold", eps, single), Line("2exp(−2mε²)", eps, one_bound(m, eps))),
            "The chance of a large gap for all thresholds together lies above that for one and just below the common bound.",
        ),
    )  # fmt: skip


@claim(
    "uniform",
    "P(sup |R − R̂| > ε) ≤ 4 Π(2m) exp(−mε²/8), with Π the growth function.",
    assumes=("the growth function is at most that of VC dimension d", "the draws are independent", "0–1 loss"),
)
def uniform(rng, m: Annotated[int, Range(5, 200)] = 200, d: Annotated[int, Range(1, 8)] = 1, family: Literal["thresholds", "sets of at most d points"] = "thresholds"):
    eps = np.linspace(0.02, 0.98, 25)
    bound = vc_bound(growth_of_degree(d, 2 * m), m, eps)
    if family == "thresholds":
        exact = np.array([largest_gap_exceeds(m, e) for e in eps])
    else:  # continuous law, label 0: risk 0 for each such set, but a set may hold d of the sample points
        exact = (min(1.0, d / m) > eps).astype(float)
    first = np.argmax(bound < 1) if np.any(bound < 1) else len(eps) - 1
    return outcome(
        at_most("P(sup gap > ε), at the tightest ε", exact, bound, slack=1e-12),
        figure("ε from which the bound says something", eps[first]),
        message=f"{m} draws, {family}. The bound is far above the truth: its worth is that it holds for every class and law."
    )  # fmt: skip


@claim(
    "tends-to-zero",
    "For every fixed ε the Vapnik–Chervonenkis bound tends to 0 as m grows, for polynomial growth of any degree.",
    assumes=("finite VC dimension",),
)
def tends_to_zero(rng, d: Annotated[int, Range(1, 50)] = 10, eps: Gap = 0.1):
    sizes = [int(8 / eps**2 * d * a) for a in (40, 80, 160)]
    logs = [log(growth_of_degree(d, 2 * m)) + log(4) - m * eps**2 / 8 for m in sizes]
    return outcome(
        at_most("ln of the bound at the largest m", logs[-1], -100),
        at_most("its change for twice the examples", np.diff(logs), -10.0),
        figure("largest m", sizes[-1]),
    )


@claim("worked-numbers", "The numbers of the page.")
def worked_numbers(rng):
    seen, true = np.array([12, 15, 18]), np.array([18, 17, 16])
    picked = np.argmin(seen)

    def enough(eps, delta=0.05):
        m = 1
        while vc_bound(2 * m + 1, m, eps) > delta:
            m = int(np.ceil(8 / eps**2 * np.log(4 * (2 * m + 1) / delta)))
        while vc_bound(2 * (m - 1) + 1, m - 1, eps) <= delta:
            m -= 1
        return m

    return outcome(
        equal("worst gap", np.abs(seen - true).max(), 6), equal("excess of the minimiser", true[picked] - true.min(), 2),
        equal("gap at 100", np.sqrt(np.log(40) / 200), 0.136, tolerance=5e-4),
        equal("true 95% value at 100", quantile(100), 0.134, tolerance=5e-4),
        equal("one threshold, true 95% value", alone_quantile(100), 0.10, tolerance=1e-9),
        equal("draws for a gap of 0.1", np.ceil(np.log(40) / (2 * 0.01)), 185),
        equal("draws by the general bound", enough(0.1), 11544),
        at_most("the bound with 11544", vc_bound(2 * 11544 + 1, 11544, 0.1), 0.05),
        equal("times more", enough(0.1) / 185, 62, tolerance=0.5),
        equal("half-width for 1000 requests", np.sqrt(np.log(40) / 2000), 0.043, tolerance=5e-4),
    )  # fmt: skip


def quantile(m):
    """The gap that is exceeded with probability 5%, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if largest_gap_exceeds(m, middle) > 0.05 else (low, middle)
    return high


def alone_quantile(m):
    """The least gap of one threshold at the median that is exceeded with probability at most 5%."""
    law, off = binomial(m, 0.5), np.abs(np.arange(m + 1) / m - 0.5)
    return min(e for e in off if law[off > e + 1e-12].sum() <= 0.05)


@derivation("erm-steps", "Uniform gaps make empirical risk minimisation safe.", assumes="all gaps are at most g")
def erm_steps(rng, size: Annotated[int, Range(2, 200)] = 30, case: Literal["random", "the worst"] = "random"):
    g = rng.uniform(0.02, 0.2)
    risks = rng.uniform(0.2, 0.7, size=size)
    seen = risks + rng.uniform(-g, g, size=size)
    if case == "the worst":  # the best hypothesis looks worse by g, a worse one better by g
        risks[:2], seen[:2] = [0.1, 0.1 + 2 * g], [0.1 + g, 0.1 + g - 1e-12]
    picked, best = np.argmin(seen), np.argmin(risks)
    return outcome(
        at_most("R(ĥ)", risks[picked], seen[picked] + g, slack=1e-9),
        at_most("R̂(ĥ)", seen[picked], seen[best]),
        at_most("R̂(h)", seen[best], risks[best] + g, slack=1e-9),
        at_most("R(ĥ) − R(h)", risks[picked] - risks[best], 2 * g, slack=1e-9),
    )


@derivation("ghost-steps", "The Vapnik–Chervonenkis bound, by a ghost sample and random swaps.", assumes="independent draws, 0–1 loss, mε² ≥ 2")
def ghost_steps(rng, m: Annotated[int, Range(10, 80)] = 40, spread: Annotated[float, Range(1.5, 2.5)] = 1.6):
    eps = spread / np.sqrt(m)
    steps = int(np.floor(m * eps / 2)) + 1  # a difference of more than ε/2 is at least this many m-ths
    ghost = two_samples_differ(m, steps)
    trials = 600
    both = rng.uniform(size=(trials, 2, m))
    signs = np.where(rng.random((trials, m)) < 0.5, 1, -1)
    marks = np.stack([signs, -signs], axis=1).reshape(trials, -1)
    order = np.argsort(both.reshape(trials, -1), axis=1)
    swapped = np.abs(np.cumsum(np.take_along_axis(marks, order, axis=1), axis=1)).max(axis=1) >= steps
    law = binomial(m, 0.5)
    single = law[np.abs(2 * np.arange(m + 1) - m) > m * eps / 2].sum()
    factor = 2 * np.exp(-m * eps**2 / 8)
    return outcome(
        at_most("P(sup |R − R̂_S| > ε)", largest_gap_exceeds(m, eps), 2 * ghost),
        equal("share with random swaps", swapped.mean(), ghost, tolerance=6 * np.sqrt(0.25 / trials)),
        at_most("P(one labelling differs by more than ε/2)", single, factor),
        at_most("P(sup |R̂_S − R̂_S'| > ε/2)", ghost, (2 * m + 1) * factor),
        equal("4 Π(2m) exp(−mε²/8)", 2 * (2 * m + 1) * factor, vc_bound(2 * m + 1, m, eps), relative=1e-12),
        given=[at_least("mε²", m * eps**2, 2)],
        message=f"Thresholds, {m} draws. The two tails are exact; the swaps are tried {trials} times, with six standard errors.",
    )


@failure(
    "chosen-after",
    "A hypothesis that was built from the sample has training error 0 and risk 1.",
    of="one-fixed",
    without="the hypothesis was fixed before the sample",
)
def chosen_after(rng, m: Examples = 100, eps: Gap = 0.2):
    sample, fresh = rng.uniform(size=m), rng.uniform(size=2000)
    seen = np.mean(~np.isin(sample, sample))  # label 1 everywhere; the hypothesis is 1 on the sample points only
    risk = np.mean(~np.isin(fresh, sample))
    law, off = binomial(m, 0.5), np.abs(np.arange(m + 1) / m - 0.5)
    return outcome(
        at_most("P(|R − R̂| > ε) for the hypothesis of the sample", float(risk - seen > eps), one_bound(m, eps)),
        figure("training error", seen), figure("error on fresh points", risk),
        given=[at_most("P(|R − R̂| > ε) for one fixed before", law[off > eps].sum(), one_bound(m, eps))],
        message="Each such hypothesis, fixed in advance, would have shown its risk of 1. The one that was built from the sample hides it.",
    )  # fmt: skip


@failure(
    "all-finite-sets",
    "In the class of all finite sets the largest gap is 1 on every sample, however large.",
    of="uniform",
    without="the growth function is at most that of VC dimension d",
)
def all_finite_sets(rng, m: Examples = 300, d: Annotated[int, Range(1, 3)] = 1):
    eps = np.linspace(0.02, 0.98, 49)
    bound = vc_bound(growth_of_degree(d, 2 * m), m, eps)
    sample = rng.uniform(size=m)
    gap = len(np.unique(sample)) / m  # the set of the sample itself: training error 1 for label 0, risk 0
    limited = (min(1.0, d / m) > eps).astype(float)
    return outcome(
        at_most("P(sup gap > ε), at the worst ε", np.full(len(eps), float(gap > eps[-1])), bound),
        figure("largest gap", gap), figure("least value of the bound", bound.min()),
        given=[at_most("the same for sets of at most d points", limited, bound)],
        message=f"With at most {d} points in a set the largest gap would be {d}/{m}.",
    )


@failure(
    "rare-huge-loss",
    "A rare loss of great size stays unseen: the mean loss of the sample is 0, the risk is 1.",
    of="one-fixed",
    without="losses lie in [0, 1]",
)
def rare_huge_loss(rng, m: Examples = 100, size: Annotated[int, Range(2, 10_000)] = 1000):
    law = binomial(m, 1 / size)
    off = np.abs(np.arange(m + 1) * size / m - 1)
    eps = np.linspace(0.1, 0.9, 33)
    exact = np.array([law[off > e].sum() for e in eps])
    return outcome(
        at_most("P(|R − R̂| > ε), at the worst ε", exact, one_bound(m, eps)),
        figure("chance that the loss was not seen", law[0]),
        given=[equal("risk", law @ np.arange(m + 1) * size / m, 1, tolerance=1e-9)],
        message=f"The loss is {size} once in {size} draws, else 0.",
    )
