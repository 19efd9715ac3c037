"""Checks of the page on VC dimension. Labellings are listed one by one, so that what is shattered is known exactly."""

from fractions import Fraction
from itertools import combinations, product
from math import comb
from typing import Annotated, Literal

import numpy as np

from cairn.claims import Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, that

Family = Literal["thresholds", "intervals", "rectangles", "half-planes"]
DIMENSION = {"thresholds": 1, "intervals": 2, "rectangles": 4, "half-planes": 3}


def labellings(family, points):
    """All labellings of points (rows) by members of the family, as sets of the indices labelled 1."""
    n = len(points)
    if family == "half-planes":
        return half_plane_labellings(points)
    if family == "rectangles":
        every = (frozenset(s) for size in range(n + 1) for s in combinations(range(n), size))
        return {s for s in every if s == within_box(points, s)}
    order = np.argsort(points[:, 0])
    if family == "thresholds":
        return {frozenset(order[start:].tolist()) for start in range(n + 1)}
    return {frozenset(order[a:b].tolist()) for a in range(n + 1) for b in range(a, n + 1)}


def within_box(points, chosen):
    """The points in the smallest box round the chosen ones."""
    if not chosen:
        return chosen
    some = points[sorted(chosen)]
    inside = np.all((points >= some.min(axis=0)) & (points <= some.max(axis=0)), axis=1)
    return frozenset(np.flatnonzero(inside).tolist())


def half_plane_labellings(points):
    """Turn a direction once round; between the angles at which two points swap, the points come in a fixed order."""
    pairs = points[:, None] - points[None, :]
    pairs = pairs[np.triu_indices(len(points), 1)]
    turns = np.sort((np.arctan2(pairs[:, 1], pairs[:, 0]) + np.pi / 2) % np.pi)
    turns = np.unique(np.concatenate([turns, turns + np.pi]).round(12))
    middles = (turns + np.append(turns[1:], turns[:1] + 2 * np.pi)) / 2 if len(turns) else [0.0]
    found = set()
    for angle in middles:
        height = points @ np.array([np.cos(angle), np.sin(angle)])
        for cut in np.append(np.unique(height.round(9)), np.inf):
            found.add(frozenset(np.flatnonzero(height >= cut - 1e-8).tolist()))
    return found


def sauer(d, m):
    """The largest growth function that VC dimension d allows."""
    return sum(comb(m, i) for i in range(min(d, m) + 1))


def vc_gap(d, m, delta):
    """What the risk exceeds the training error by at most, for all members of a class of dimension d at once."""
    return np.sqrt(2 * d * np.log(np.e * m / d) / m) + np.sqrt(np.log(1 / delta) / (2 * m))


def good_set(family):
    """A set that the family shatters, as large as its dimension."""
    if family == "rectangles":
        return np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1]])
    return np.array([[0.0, 0], [1, 0], [0, 1]])[: DIMENSION[family]]


@claim(
    "table",
    "Each of these families shatters some set as large as its dimension, and no set that is larger by one.",
    assumes=("the points are in general position",),
)
def table(rng, family: Family = "half-planes"):
    d = DIMENSION[family]
    larger = [len(labellings(family, rng.normal(size=(d + 1, 2)))) for _ in range(30)]
    special = np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1], [0, 0]])[: d + 1]
    return outcome(
        equal("labellings of a well-placed set", len(labellings(family, good_set(family))), 2**d),
        at_most("labellings of sets larger by one, at most", max(larger), 2 ** (d + 1) - 1),
        at_most("labellings of a cross", len(labellings(family, special)), 2 ** (d + 1) - 1),
        figure("dimension", d),
        message=f"{family}: 30 random sets of {d + 1} points, and a special one.",
    )


@claim(
    "growth",
    "The number of labellings of m points is at most Σ C(m, i) over i ≤ d, and polynomial in m.",
    assumes=("the class has finite VC dimension d",),
)
def growth(rng, family: Family = "intervals", m: Annotated[int, Range(2, 9)] = 8):
    counts = np.array([len(labellings(family, rng.normal(size=(n, 2)))) for n in range(1, m + 1)])
    sizes = np.arange(1, m + 1)
    exact = {"thresholds": m + 1, "intervals": comb(m + 1, 2) + 1, "half-planes": m**2 - m + 2}
    d = DIMENSION[family]
    return outcome(
        at_most("labellings, against the bound", counts, [sauer(d, n) for n in sizes]),
        at_most("the bound, against (em/d)^d", sauer(d, max(m, d)), (np.e * max(m, d) / d) ** d),
        *([equal("labellings of m points", counts[-1], exact[family])] if family in exact else []),
        figure("all labellings", 2**m),
        plot=Plot(
            "m", "labellings",
            (Line("all 2ᵐ", sizes, 2.0**sizes), Points(family, sizes, counts), Line("Sauer–Shelah", sizes, [sauer(d, n) for n in sizes])),
            "On a logarithmic scale the number of all labellings rises as a straight line; those of the family bend away below it.",
            log_y=True,
        ),
    )  # fmt: skip


@claim(
    "linear-classes",
    "Signs of w·x + b in ℝᵈ have VC dimension d + 1, the number of their parameters.",
    assumes=("the functions are linear in their parameters",),
)
def linear_classes(rng, d: Annotated[int, Range(1, 8)] = 3):
    corners = np.vstack([np.zeros(d), np.eye(d)])
    signs = np.array(list(product([-1, 1], repeat=d + 1)))
    found = [np.sign(corners @ (y[1:] - y[0]) + y[0]) for y in signs]
    x = rng.normal(size=(d + 2, d))
    weights, positive, meeting = radon(x)
    return outcome(
        that("each labelling of the corners is realised", np.array(found) == signs),
        at_most("distance of the two hulls' common point", np.abs(meeting[0] - meeting[1]).max(), 1e-9),
        at_least("least weight in the hulls", np.abs(weights).min(), 0), that("both parts hold points", 0 < positive.sum() < d + 2),
        message=f"0 and the {d} unit points are shattered; {d + 2} random points split into two sets whose hulls meet.",
    )  # fmt: skip


def radon(x):
    """A split of d + 2 points in ℝᵈ into two sets whose convex hulls meet: weights, the first set, the common point twice."""
    system = np.vstack([x.T, np.ones(len(x))])
    weights = np.linalg.svd(system)[2][-1]
    positive = weights > 0
    total = weights[positive].sum()
    return weights, positive, (weights[positive] @ x[positive] / total, -weights[~positive] @ x[~positive] / total)


@claim(
    "sine",
    "The signs of sin(ωx) shatter the points 1/2, 1/4, ..., 2⁻ⁿ, for every n.",
    assumes=("ω may be any real number",),
)
def sine(rng, n: Annotated[int, Range(1, 11)] = 6):
    bits = np.array(list(product([0, 1], repeat=n)))
    x = 2.0 ** -np.arange(1, n + 1)
    omega = np.pi * (1 + bits @ 2.0 ** np.arange(1, n + 1))
    waves = np.sin(omega[:, None] * x)
    return outcome(
        that("every labelling is realised", (waves > 0) == (bits == 0)),
        at_least("least |sin(ωx)|", np.abs(waves).min(), 2.0**-n),
        figure("labellings", len(bits)), figure("largest ω", omega.max()),
        message=f"All {2**n} labellings of {n} points, each by its own frequency.",
    )  # fmt: skip


@claim(
    "gap-bound",
    "With probability 1 − δ, R(h) ≤ R̂(h) + √(2d ln(em/d)/m) + √(ln(1/δ)/(2m)) for all h at once.",
    assumes=("the class has finite VC dimension d", "the draws are independent", "0–1 loss"),
)
def gap_bound(rng, m: Annotated[int, Range(20, 400)] = 200, delta: Annotated[float, Range(0.01, 0.5)] = 0.05):
    # Intervals, all labels 1: the loss is 1 outside. The largest gap is Kuiper's statistic.
    x = np.sort(rng.uniform(size=(500, m)), axis=1)
    gaps = (np.arange(1, m + 1) / m - x).max(axis=1) + (x - np.arange(m) / m).max(axis=1)
    return outcome(
        at_most("share of samples with a larger gap", np.mean(gaps > vc_gap(2, m, delta)), delta, slack=6 * np.sqrt(delta / 500)),
        figure("bound", vc_gap(2, m, delta)), figure("gap exceeded by 5% of the samples", np.quantile(gaps, 0.95)),
        message=f"500 samples of {m} points, all intervals. The true gap is several times smaller than the bound.",
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the page.")
def worked_numbers(rng):
    omega = 13 * np.pi
    return outcome(
        equal("labellings of five points by intervals", len(labellings("intervals", np.arange(5.0)[:, None])), 16),
        equal("Sauer–Shelah for five points", sauer(2, 5), 16),
        equal("labellings of twenty points, half-planes", 20**2 - 20 + 2, 382), equal("Sauer–Shelah for twenty", sauer(3, 20), 1351),
        equal("first wave", np.sin(omega / 2), 1, tolerance=1e-9), equal("second wave", np.sin(omega / 4), -0.71, tolerance=5e-3),
        equal("third wave", np.sin(omega / 8), -0.92, tolerance=5e-3),
        equal("first term", np.sqrt(6 * np.log(np.e * 10_000 / 3) / 10_000), 0.074, tolerance=5e-4),
        equal("second term", np.sqrt(np.log(20) / 20_000), 0.012, tolerance=5e-4),
        equal("gap of half-planes", vc_gap(3, 10_000, 0.05), 0.086, tolerance=5e-4),
        equal("gap of half-planes, 100 points", vc_gap(3, 100, 0.05), 0.64, tolerance=5e-3),
    )  # fmt: skip


def random_sets(rng, n, size, kind, d=2):
    """A family of subsets of n points, as a set of frozensets."""
    if kind == "all small sets":
        return {frozenset(s) for k in range(d + 1) for s in combinations(range(n), k)}
    return {frozenset(np.flatnonzero(row).tolist()) for row in rng.random((size, n)) < rng.uniform(0.2, 0.8)}


def shattered_sets(sets, points):
    """All subsets of the points that the family shatters, the empty one included."""
    every = [frozenset(s) for k in range(len(points) + 1) for s in combinations(points, k)]
    return {s for s in every if len({s & member for member in sets}) == 2 ** len(s)} if sets else set()


@derivation("sauer-steps", "The Sauer–Shelah lemma, by way of counting shattered sets.", assumes="a family F of subsets of n points")
def sauer_steps(rng, n: Annotated[int, Range(2, 6)] = 5, kind: Literal["random", "all small sets"] = "random"):
    family = random_sets(rng, n, 14, kind)
    points, last = list(range(n)), n - 1
    rest = points[:-1]
    below = {s - {last} for s in family}
    both = {s for s in below if s in family and s | {last} in family}
    mine, theirs, doubles = shattered_sets(family, points), shattered_sets(below, rest), shattered_sets(both, rest)
    d = max((len(s) for s in mine), default=0)
    m = np.arange(max(d, 1), 60)
    tight = [] if kind == "random" else [equal("members of the family of all small sets", len(family), sauer(d, n))]
    return outcome(
        equal("|F|", len(family), len(below) + len(both)),
        at_least("shattered by F", len(mine), len(theirs) + len(doubles)),
        at_most("|F|, against the shattered sets", len(family), len(mine)),
        at_most("shattered sets", len(mine), sauer(d, n)),
        at_most("Σ C(m, i), against (em/d)^d", [sauer(max(d, 1), int(k)) for k in m], (np.e * m / max(d, 1)) ** max(d, 1)),
        given=tight,
        message=f"{len(family)} different subsets of {n} points; they shatter {len(mine)} sets, the largest with {d} points.",
    )


@derivation("half-space-steps", "No d + 2 points are shattered by half-spaces.", assumes="d + 2 points in ℝᵈ")
def half_space_steps(rng, d: Annotated[int, Range(1, 8)] = 3):
    x = rng.normal(size=(d + 2, d))
    weights, positive, (first, second) = radon(x)
    w, b = rng.normal(size=d), rng.normal()
    values = x @ w + b
    return outcome(
        equal("Σ cᵢ xᵢ and Σ cᵢ", np.append(weights @ x, weights.sum()), np.zeros(d + 1), tolerance=1e-9),
        equal("the two mixtures", first, second, tolerance=1e-8),
        equal("w·z + b, as a mixture over the first part", first @ w + b, weights[positive] @ values[positive] / weights[positive].sum(), tolerance=1e-8),
        at_least("most over the second part, against least over the first", values[~positive].max(), values[positive].min(), slack=1e-9),
    )


@derivation("sine-steps", "One parameter, infinite dimension.", assumes="xᵢ = 2⁻ⁱ and ω = π(1 + Σ 2ʲbⱼ)")
def sine_steps(rng, n: Annotated[int, Range(1, 20)] = 6):
    b = [int(v) for v in rng.integers(2, size=n)]
    omega = 1 + sum(2**j * bit for j, bit in enumerate(b, 1))  # in units of π
    parts = []
    for i in range(1, n + 1):
        even = sum(2 ** (j - i) * b[j - 1] for j in range(i + 1, n + 1))
        rest = Fraction(1, 2**i) + sum((Fraction(b[j - 1], 2 ** (i - j)) for j in range(1, i)), Fraction(0))
        parts.append((Fraction(omega, 2**i), even, b[i - 1], rest))
    whole, even, own, rest = (np.array([float(p[k]) for p in parts]) for k in range(4))
    least = 2.0 ** -np.arange(1, n + 1)
    return outcome(
        equal("ω xᵢ/π", whole, even + own + rest, tolerance=1e-9),
        that("the first sum is even", even % 2 == 0),
        at_least("distance of rᵢ from 0 and 1", np.minimum(rest, 1 - rest), least, slack=1e-12),
        that("sin(ω xᵢ) > 0 exactly where bᵢ = 0", (np.sin(np.pi * (whole % 2)) > 0) == (own == 0)),
    )


@failure(
    "points-on-a-line",
    "Three points on a line are not shattered by half-planes, although the dimension is 3.",
    of="table",
    without="the points are in general position",
)
def points_on_a_line(rng, bend: Annotated[float, Range(0.0, 1.0)] = 0.0):
    points = np.array([[0.0, 0], [1, bend], [2, 0]])
    found = labellings("half-planes", points)
    return outcome(
        equal("labellings of three points", len(found), 2**3),
        given=[equal("labellings of a well-placed set", len(labellings("half-planes", good_set("half-planes"))), 2**3)],
        message="No half-plane holds the middle point alone, and none the two others without it."
        if bend == 0 else "Off the line the three points are shattered again.",
    )  # fmt: skip


@failure(
    "one-parameter",
    "A sine with one parameter shatters more points than it has parameters.",
    of="linear-classes",
    without="the functions are linear in their parameters",
)
def one_parameter(rng, n: Annotated[int, Range(2, 11)] = 5):
    bits = np.array(list(product([0, 1], repeat=n)))
    omega = np.pi * (1 + bits @ 2.0 ** np.arange(1, n + 1))
    got = np.sin(omega[:, None] * 2.0 ** -np.arange(1, n + 1)) > 0
    return outcome(
        at_most("points shattered by one parameter", n * float(len(np.unique(got, axis=0)) == 2**n), 1),
        given=[at_most("labellings of the same points by the sign of wx", len({w > 0 for w in (-1, 1)}), 2)],
        message=f"All {2**n} labellings of {n} points occur, for frequencies up to {omega.max():.0f}.",
    )


@failure(
    "infinite-dimension",
    "If 2m points are shattered, some member fits the sample and errs on every other point: the gap is at least one half.",
    of="gap-bound",
    without="the class has finite VC dimension d",
)
def infinite_dimension(rng, m: Annotated[int, Range(20, 400)] = 200, pretended: Annotated[int, Range(1, 5)] = 1):
    seen = np.unique(rng.integers(2 * m, size=m))  # the distribution is uniform on 2m shattered points
    gap = 1 - len(seen) / (2 * m)
    members = rng.uniform(size=(200, m)) < 0.5  # one fixed member that errs on half of the points
    fixed = np.mean(0.5 - members.mean(axis=1) > vc_gap(pretended, m, 0.05))
    return outcome(
        at_most("R(h) − R̂(h) of the worst member", gap, vc_gap(pretended, m, 0.05)),
        given=[at_most("share of samples on which one fixed member breaks the bound", fixed, 0.05)],
        message=f"The bound was computed for dimension {pretended}. The sample shows {len(seen)} of {2 * m} points; "
        "nothing is known about the labels of the rest.",
    )
