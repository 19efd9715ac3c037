"""Checks of the page on finite classes. Hypotheses err independently, on disjoint sets or together: the chances are exact."""

from math import comb
from typing import Annotated, Literal

import numpy as np

from cairn.claims import Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome

Size = Annotated[int, Range(1, 2000)]
Examples = Annotated[int, Range(10, 500)]
Risk = Annotated[float, Range(0.005, 0.5)]
Overlap = Literal["independent", "disjoint", "identical"]


def realisable_bound(size, eps, m):
    """The bound on the chance that some hypothesis with risk above eps is consistent with m examples."""
    return size * (1 - eps) ** m


def realisable_size(size, eps, delta):
    """Examples after which every consistent hypothesis has risk at most eps, but for a chance of delta."""
    return (np.log(size) + np.log(1 / delta)) / eps


def agnostic_bound(size, t, m):
    """The bound on the chance that some training error is farther than t from its risk."""
    return 2 * size * np.exp(-2 * m * t**2)


def agnostic_gap(size, m, delta):
    return np.sqrt(np.log(2 * size / delta) / (2 * m))


def occam_gap(weight, m, delta):
    return np.sqrt((np.log(1 / weight) + np.log(1 / delta)) / (2 * m))


def any_of(size, chance):
    """P(at least one of this many independent events)."""
    return -np.expm1(size * np.log1p(-np.minimum(chance, 1 - 1e-16)))


def binomial(n, p):
    """P(S = k) for k = 0..n."""
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    k = np.arange(n + 1)
    return np.exp(logs[n] - logs[k] - logs[n - k] + k * np.log(p) + (n - k) * np.log1p(-p))


def far(m, t, p=0.5):
    """P(|share of errors − p| ≥ t) for one hypothesis of risk p."""
    law = binomial(m, p)
    return law[np.abs(np.arange(m + 1) / m - p) >= t - 1e-12].sum()


@claim(
    "realisable",
    "Some hypothesis with risk above ε fits all m examples with probability at most |H|(1 − ε)^m ≤ |H|exp(−εm).",
    assumes=("some hypothesis makes no error", "the class was fixed before the data", "the examples are independent"),
)
def realisable(rng, size: Annotated[int, Range(1, 60)] = 40, m: Examples = 300, overlap: Overlap = "independent"):
    eps = 3 / 200  # the risk of every bad hypothesis
    if overlap == "independent":
        exact = any_of(size, (1 - eps) ** m)
    elif overlap == "identical":
        exact = (1 - eps) ** m
    else:  # each errs on a region of its own; inclusion and exclusion over the regions without an example, in whole numbers
        ways = sum((-1) ** (j + 1) * comb(size, j) * (200 - 3 * j) ** m for j in range(1, size + 1))
        exact = ways / 200**m
    bound = realisable_bound(size, eps, m)
    tight = [at_least("the same, from below", exact, bound - bound**2 / 2 - 1e-9)] if overlap != "identical" else []
    return outcome(
        at_most("P(some bad hypothesis is consistent)", exact, min(1, bound), slack=1e-9),
        *tight,
        at_most("(1 − ε)^m", (1 - eps) ** m, np.exp(-eps * m)),
        message=f"{size} bad hypotheses with errors that are {overlap}. "
        + ("The union bound counts the same event many times." if overlap == "identical" else "The union bound loses little."),
    )


@claim(
    "agnostic",
    "All training errors lie within √(ln(2|H|/δ)/(2m)) of the risks with probability at least 1 − δ.",
    assumes=("the class was fixed before the data", "the examples are independent", "losses lie in [0, 1]"),
)
def agnostic(
    rng, size: Size = 20, m: Examples = 200, delta: Annotated[float, Range(0.001, 0.5)] = 0.05, overlap: Literal["independent", "identical"] = "independent"
):
    t = np.linspace(0.02, 0.5, 25)
    one = np.array([far(m, x) for x in t])
    exact = any_of(size, one) if overlap == "independent" else one
    gap = agnostic_gap(size, m, delta)
    return outcome(
        at_most("P(some gap ≥ t), at the tightest t", exact, agnostic_bound(size, t, m), slack=1e-12),
        equal("the bound at the promised gap", agnostic_bound(size, gap, m), delta, relative=1e-9),
        at_most("P(some gap exceeds the promised one)", any_of(size, far(m, gap)) if gap < 1 else 0.0, delta),
        figure("promised gap", gap), figure("gap for one hypothesis", agnostic_gap(1, m, delta)),
    )  # fmt: skip


@claim(
    "luckiest",
    "The best of N classifiers that guess scores on average at most √(ln N/(2m)) above one half on m examples.",
    assumes=("each classifier was fixed before the data", "the examples are independent"),
)
def luckiest(rng, m: Examples = 100):
    sizes = np.unique(np.geomspace(1, 10_000, 13).astype(int))
    law, shares = binomial(m, 0.5), np.arange(m + 1) / m
    below = np.minimum(np.cumsum(law), 1)
    means = np.array([shares @ np.diff(np.concatenate([[0.0], below**n])) for n in sizes]) - 0.5
    bound = np.sqrt(np.log(sizes) / (2 * m))
    return outcome(
        at_most("mean score of the best, less one half", means, bound, slack=1e-12),
        figure("the same for 1000 of them", np.interp(np.log(1000), np.log(sizes), means)),
        message=f"{m} examples; the classifiers err independently of each other.",
        plot=Plot(
            "classifiers", "best score − ½",
            (Points("exact mean", sizes, means), Line("√(ln N/2m)", sizes, bound)),
            "On a logarithmic axis the luck of the best grows slowly with the number of classifiers and stays below the bound.",
            log_x=True,
        ),
    )  # fmt: skip


@claim(
    "occam",
    "With weights p(h) that sum to at most 1, every risk is at most the training error + √((ln(1/p(h)) + ln(1/δ))/(2m)) with probability 1 − δ.",
    assumes=("the weights were fixed before the data", "the examples are independent", "losses lie in [0, 1]"),
)
def occam(rng, m: Examples = 200, delta: Annotated[float, Range(0.01, 0.5)] = 0.05, longest: Annotated[int, Range(1, 30)] = 12):
    weights = 2.0 ** -np.arange(1, longest + 1)
    law, shares = binomial(m, 0.5), np.arange(m + 1) / m
    each = np.array([law[0.5 - shares > occam_gap(w, m, delta)].sum() for w in weights])
    return outcome(
        at_most("P(some hypothesis breaks its bound)", 1 - np.prod(1 - each), delta),
        at_most("sum of the weights", weights.sum(), 1),
        equal("δ p(h), from the gap", np.exp(-2 * m * occam_gap(weights, m, delta) ** 2), delta * weights, tolerance=1e-12),
        figure("gap of the shortest", occam_gap(weights[0], m, delta)), figure("gap of the longest", occam_gap(weights[-1], m, delta)),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the page.")
def worked_numbers(rng):
    rules, bits = 3**10 + 1, 32 * 1e6
    return outcome(
        equal("gap for 20 models", agnostic_gap(20, 5000, 0.05), 0.026, tolerance=5e-4),
        equal("gap for one model", agnostic_gap(1, 5000, 0.05), 0.019, tolerance=5e-4),
        equal("gap for 1000 models", agnostic_gap(1000, 5000, 0.05), 0.033, tolerance=5e-4),
        equal("conjunctions", rules, 59050), equal("ln of their number", np.log(rules), 10.99, tolerance=5e-3),
        equal("examples for a consistent conjunction", np.ceil(realisable_size(rules, 0.1, 0.05)), 140),
        at_most("chance of failure with 140", realisable_bound(rules, 0.1, 140), 0.05),
        equal("examples with noise", np.ceil(2 * np.log(2 * rules / 0.05) / 0.1**2), 2936),
        equal("gap with 2936", agnostic_gap(rules, 2936, 0.05), 0.05, tolerance=1e-5),
        equal("examples for 20 variables", np.ceil(realisable_size(3**20 + 1, 0.1, 0.05)), 250),
        equal("ln of the number of networks, in millions", bits * np.log(2) / 1e6, 22.2, tolerance=0.05),
        equal("gap for the networks", np.sqrt(bits * np.log(2) / (2 * 50_000)), 14.9, tolerance=0.05),
        equal("examples for 1000 models against one", np.log(2 * 1000 / 0.05) / np.log(2 / 0.05), 2.9, tolerance=0.05),
        equal("mean luck of 1000", np.sqrt(np.log(1000) / 200), 0.186, tolerance=5e-4),
    )  # fmt: skip


@derivation("realisable-steps", "Consistent hypotheses are good.", assumes="a finite class fixed in advance; independent examples; risk 0 is possible")
def realisable_steps(rng, size: Annotated[int, Range(2, 12)] = 6, m: Annotated[int, Range(5, 60)] = 25):
    # Points with masses, hypotheses as sets of points on which they err.
    mass = rng.dirichlet(np.ones(12))
    errs = rng.random((size, 12)) < 0.3
    errs[np.arange(size), rng.integers(12, size=size)] = True
    risks, eps = errs @ mass, rng.uniform(0.02, 0.3)
    bad = risks > eps
    draws = rng.choice(12, p=mass, size=(4000, m))
    consistent = np.array([~errs[h][draws].any(axis=1) for h in range(size)])
    union = consistent[bad].any(axis=0).mean() if bad.any() else 0.0
    single = (1 - risks) ** m
    return outcome(
        equal("P(h is consistent)", consistent.mean(axis=1), single, tolerance=6 * np.sqrt(0.25 / 4000)),
        at_most("(1 − R(h))^m for bad h", single[bad] if bad.any() else np.zeros(1), (1 - eps) ** m),
        at_most("P(some bad h is consistent)", union, single[bad].sum(), slack=6 * np.sqrt(0.25 / 4000)),
        at_most("|H|(1 − ε)^m", realisable_bound(size, eps, m), size * np.exp(-eps * m)),
        equal("the bound at the promised size", size * np.exp(-eps * realisable_size(size, eps, 0.05)), 0.05, relative=1e-9),
    )


@derivation("agnostic-steps", "All gaps at once, and what the minimiser gains.", assumes="a finite class fixed in advance; independent examples; losses in [0, 1]")
def agnostic_steps(rng, size: Annotated[int, Range(2, 200)] = 20, m: Annotated[int, Range(10, 300)] = 100):
    t = rng.uniform(0.05, 0.3)
    delta = rng.uniform(0.01, 0.3)
    risks = rng.uniform(0.1, 0.6, size=size)
    seen = rng.binomial(m, risks) / m
    worst, picked, best = np.abs(seen - risks).max(), np.argmin(seen), np.argmin(risks)
    return outcome(
        at_most("P(one gap ≥ t)", far(m, t), agnostic_bound(1, t, m)),
        at_most("P(some gap ≥ t)", any_of(size, far(m, t)), agnostic_bound(size, t, m)),
        equal("the bound at the promised gap", agnostic_bound(size, agnostic_gap(size, m, delta), m), delta, relative=1e-9),
        at_most("excess risk of the minimiser", risks[picked] - risks[best], 2 * worst, slack=1e-12),
    )


@failure(
    "survivors",
    "Twenty features that survived a screening on the same data count as a thousand, not as twenty.",
    of="agnostic",
    without="the class was fixed before the data",
)
def survivors(rng, screened: Annotated[int, Range(20, 5000)] = 1000, kept: Annotated[int, Range(1, 20)] = 20, m: Examples = 200):
    delta = 0.05
    gap, honest = agnostic_gap(kept, m, delta), agnostic_gap(screened, m, delta)
    return outcome(
        at_most("P(some gap exceeds the promised one)", any_of(screened, far(m, gap)), delta),
        given=[at_most("the same with all that were screened counted", any_of(screened, far(m, honest)), delta)],
        message=f"{screened} useless features were screened and {kept} kept. The gap {gap:.3f} counts the survivors; "
        f"{honest:.3f} counts all that could have survived.",
    )


@failure(
    "noise-at-the-fast-rate",
    "With noisy labels the sample size for a perfect hypothesis is far too small.",
    of="realisable",
    without="some hypothesis makes no error",
)
def noise_at_the_fast_rate(rng, size: Annotated[int, Range(2, 200)] = 40, noise: Annotated[float, Range(0.0, 0.4)] = 0.2):
    eps, delta = 0.05, 0.05
    m = int(np.ceil(realisable_size(size, eps, delta)))
    good = binomial(m, noise) if noise else np.eye(m + 1)[0]
    rival = np.cumsum(binomial(m, noise + eps + 0.001))  # each of the others has an excess risk just above ε
    lost = good @ (1 - (1 - np.minimum(rival, 1)) ** (size - 1))
    return outcome(
        at_most("P(a hypothesis with excess risk above ε makes no more errors than the best)", lost, realisable_bound(size, eps, m)),
        figure("examples by the rate 1/ε", m), figure("examples by the agnostic bound", np.ceil(2 * np.log(2 * size / delta) / eps**2)),
        given=[at_most("P(a bad hypothesis is consistent), without noise", any_of(size - 1, (1 - eps) ** m), delta)],
        message=f"A share {noise:g} of the labels is wrong, and {m} examples cannot tell errors from noise.",
    )  # fmt: skip


@failure(
    "weights-after",
    "Weights chosen after looking, all of it on the winner, charge nothing for the choice.",
    of="occam",
    without="the weights were fixed before the data",
)
def weights_after(rng, size: Size = 500, m: Examples = 200):
    delta = 0.05
    law, shares = binomial(m, 0.5), np.arange(m + 1) / m
    broken = law[0.5 - shares > occam_gap(1.0, m, delta)].sum()
    fair = law[0.5 - shares > occam_gap(1 / size, m, delta)].sum()
    return outcome(
        at_most("P(the winner breaks its bound)", any_of(size, broken), delta),
        given=[at_most("the same with equal weights fixed before", any_of(size, fair), delta)],
        message=f"{size} guessers; the one with the fewest errors is given the weight 1.",
    )
