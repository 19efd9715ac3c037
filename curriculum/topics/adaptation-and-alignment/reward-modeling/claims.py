"""Checks of the page on reward modelling: what pairs determine, what they cannot say, and how well anyone can agree."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome,
)

Count = Annotated[int, Range(4, 12)]
Share = Annotated[float, Range(0.55, 0.95)]

WORTH = "each response has one worth, on the scale of log-odds"
SHARED = "all judges share it"
CONNECTED = "comparisons connect all responses"
FREE = "the score can be any function of the response"


def sigmoid(u):
    return 1 / (1 + np.exp(-u))


def chances(score):
    """Bradley–Terry: entry (i, j) is the chance that i is preferred to j."""
    return sigmoid(np.subtract.outer(score, score))


def all_pairs(n):
    return np.ones((n, n)) - np.eye(n)


def loss(score, wins, counts):
    """Mean pairwise loss when i beats j in the share wins[i, j] of counts[i, j] comparisons."""
    i, j = np.nonzero(counts)
    weight = (counts * wins)[i, j]
    return weight @ np.logaddexp(0, score[j] - score[i]) / weight.sum()


def fit(wins, counts, features=None):
    """The scores with the least loss, by Newton's method; of all that are equally good, the shortest."""
    features = np.eye(len(wins)) if features is None else features
    theta = np.zeros(features.shape[1])
    i, j = np.nonzero(counts)
    d, weight = features[i] - features[j], (counts * wins)[i, j]
    for _ in range(40):
        q = sigmoid(d @ theta)
        slope = -(weight * (1 - q)) @ d
        curve = (d * (weight * q * (1 - q))[:, None]).T @ d
        theta = theta - np.linalg.pinv(curve, rcond=1e-10) @ slope
    return features @ theta


def as_judged(score, wins):
    return equal("predicted chances, against the judges'", chances(score), wins, tolerance=1e-6)


@claim(
    "fitted-scores",
    "The pairwise loss is least where every predicted chance is the judges', and that fixes all differences of scores.",
    assumes=(WORTH, SHARED, CONNECTED, FREE),
)
def fitted_scores(rng, n: Count = 6, design: Literal["all pairs", "a chain"] = "all pairs", shift: Annotated[float, Range(-10, 10)] = 3.0):
    worth = rng.normal(size=n)
    wins = chances(worth)
    counts = all_pairs(n) if design == "all pairs" else np.eye(n, k=1) + np.eye(n, k=-1)
    found = fit(wins, counts)
    others = [found + size * rng.normal(size=n) for size in (0.01, 0.1, 1) for _ in range(5)]
    return outcome(
        as_judged(found, wins),
        equal("differences of scores", found - found[0], worth - worth[0], tolerance=1e-6),
        equal("loss after a shift of all scores", loss(found + shift, wins, counts), loss(found, wins, counts), tolerance=1e-12),
        at_least("loss of other scores, above the least", [loss(o, wins, counts) - loss(found, wins, counts) for o in others], 0, slack=1e-12),
        figure("least loss", loss(found, wins, counts)), figure("pairs compared", counts.sum() / 2),
        message=f"{n} responses to one prompt, each pair judged without end. A chain of neighbours is enough.",
    )  # fmt: skip


@failure(
    "cycle",
    "If judges prefer A to B, B to C and C to A, the best scores are equal and say nothing.",
    of="fitted-scores",
    without=WORTH,
)
def cycle(rng, share: Share = 0.7):
    wins = np.array([[0.5, share, 1 - share], [1 - share, 0.5, share], [share, 1 - share, 0.5]])
    found = fit(wins, all_pairs(3))
    return outcome(
        as_judged(found, wins),
        figure("largest difference of scores", np.ptp(found)),
        figure("loss, that of a coin being ln 2", loss(found, wins, all_pairs(3))),
        given=[equal("both orders of a pair together", wins + wins.T, np.ones((3, 3)), tolerance=1e-12)],
        message=f"Each wins {share:.0%} of one comparison and loses {share:.0%} of the other.",
    )


@failure(
    "two-tastes",
    "Two groups with opposed tastes become one noisy judge whose chances no score explains.",
    of="fitted-scores",
    without=SHARED,
)
def two_tastes(rng, n: Count = 6, share: Annotated[float, Range(0.1, 0.9)] = 0.6):
    first = 3 * rng.normal(size=n)
    second = -first + 0.5 * rng.normal(size=n)
    wins = share * chances(first) + (1 - share) * chances(second)
    found = fit(wins, all_pairs(n))
    return outcome(
        as_judged(found, wins),
        figure("largest difference of scores", np.ptp(found)),
        figure("largest difference within the first group", np.ptp(first)),
        given=[equal("both orders of a pair together", wins + wins.T, np.ones((n, n)), tolerance=1e-12),
               equal("fit to the first group alone", chances(fit(chances(first), all_pairs(n))), chances(first), tolerance=1e-6)],
        message="Each group alone is fitted exactly. The mixture looks like people who hardly care.",
    )


@failure(
    "two-islands",
    "Scores of responses that no chain of comparisons connects cannot be compared.",
    of="fitted-scores",
    without=CONNECTED,
)
def two_islands(rng, n: Count = 6):
    worth = np.append(rng.normal(size=n) + 1, rng.normal(size=n) - 1)
    wins, counts = chances(worth), np.kron(np.eye(2), all_pairs(n))
    found = fit(wins, counts)
    moved = found + np.repeat([0.0, 5.0], n)
    return outcome(
        as_judged(found, wins),
        figure("mean score of the first prompt, minus that of the second", found[:n].mean() - found[n:].mean()),
        figure("the same in worth", worth[:n].mean() - worth[n:].mean()),
        given=[
            equal("chances within the first prompt", chances(found[:n]), chances(worth[:n]), tolerance=1e-6),
            equal("loss after 5 points more for the second prompt", loss(moved, wins, counts), loss(found, wins, counts), tolerance=1e-12),
        ],
        message="Two prompts, each compared within itself. No pair ties them, so any shift between them fits as well.",
    )  # fmt: skip


@failure(
    "length",
    "A score that sees only length agrees with judges as long as lengths differ, and is blind where they do not.",
    of="fitted-scores",
    without=FREE,
)
def length_only(rng, n: Annotated[int, Range(20, 60)] = 40, link: Annotated[float, Range(0.3, 2)] = 1.0):
    quality = 1.5 * rng.normal(size=n)
    words = np.round(2 * (link * quality + rng.normal(size=n)))
    wins, counts = chances(quality), all_pairs(n)
    found = fit(wins, counts, words[:, None])
    same = np.equal.outer(words, words) & ~np.eye(n, dtype=bool)

    def agreement(pairs):
        ahead = np.sign(np.subtract.outer(found, found))
        return np.mean((0.5 + ahead * (wins - 0.5))[pairs])

    return outcome(
        as_judged(found, wins),
        figure("agreement on pairs of different length", agreement(~same & ~np.eye(n, dtype=bool))),
        figure("score of one unit of length", np.ptp(found) / np.ptp(words)),
        given=[equal("agreement on pairs of equal length", agreement(same) if same.any() else 0.5, 0.5, tolerance=1e-12),
               equal("fit with all functions allowed", chances(fit(wins, counts)), wins, tolerance=1e-6)],
        message="Length is no merit here; it goes with quality. A policy is paid for it all the same.",
    )


@claim(
    "ceiling",
    "If two judges agree on a share a of the pairs, no model agrees with one judge on more than (1 + √(2a − 1))/2; the best model reaches at least a.",
    assumes=("two judges of a pair choose independently, with the same chances",),
)
def ceiling(rng, a: Annotated[float, Range(0.51, 0.99)] = 0.73, law: Literal["all alike", "sure or a coin", "mixed"] = "all alike"):
    u = np.sqrt(2 * a - 1)
    if law == "all alike":
        p, weight = np.array([(1 + u) / 2]), np.ones(1)
    elif law == "sure or a coin":
        p, weight = np.array([1.0, 0.5]), np.array([2 * a - 1, 2 - 2 * a])
    else:
        p = rng.uniform(size=50)
        weight = np.ones(50) / 50
    two = weight @ (p**2 + (1 - p) ** 2)
    best = weight @ np.maximum(p, 1 - p)
    top = (1 + np.sqrt(2 * two - 1)) / 2
    tight = {"all alike": [equal("the best model", best, top, tolerance=1e-9)],
             "sure or a coin": [equal("the best model", best, two, tolerance=1e-9)]}.get(law, [])  # fmt: skip
    shown = np.linspace(0.5, 1, 51)
    return outcome(
        at_most("best agreement with one judge", best, top, slack=1e-9), at_least("best agreement with one judge, from below", best, two, slack=1e-9), *tight,
        figure("agreement of two judges", two),
        plot=Plot("agreement of two judges", "best agreement of a model", (
            Line("all pairs equally clear", shown, (1 + np.sqrt(2 * shown - 1)) / 2), Line("some pairs certain, the rest coin tosses", shown, shown)),
            "Between one half and one the best possible agreement of a model lies between the diagonal and a curve above it."),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    score = np.array([1.2, 0.2, -0.3])
    right, wrong = score[0] - score[1], score[2] - score[1]
    one, two = np.log1p(np.exp(-right)), np.log1p(np.exp(-wrong))
    ab, bc = np.log(0.8 / 0.2), np.log(0.7 / 0.3)
    wins = np.array([[0.5, 0.8, 0.75], [0.2, 0.5, 0.7], [0.25, 0.3, 0.5]])
    found = fit(wins, all_pairs(3))
    return outcome(
        equal("first margin", right, 1, tolerance=1e-9), equal("first chance", sigmoid(right), 0.731, tolerance=5e-4),
        equal("first loss", one, 0.313, tolerance=5e-4), equal("first slope", -sigmoid(-right), -0.269, tolerance=5e-4),
        equal("second margin", wrong, -0.5, tolerance=1e-9), equal("second chance", sigmoid(wrong), 0.378, tolerance=5e-4),
        equal("second loss", two, 0.974, tolerance=5e-4), equal("second slope", -sigmoid(-wrong), -0.622, tolerance=5e-4),
        equal("mean loss", (one + two) / 2, 0.644, tolerance=5e-4), equal("loss of a coin", np.log(2), 0.693, tolerance=5e-4),
        equal("A over B", ab, 1.386, tolerance=5e-4), equal("B over C", bc, 0.847, tolerance=5e-4),
        equal("A over C", ab + bc, 2.234, tolerance=5e-4), equal("chance that A beats C", sigmoid(ab + bc), 0.903, tolerance=5e-4),
        equal("odds of A over C", 4 * 7 / 3, 9.33, tolerance=5e-3),
        equal("fitted, A against B", chances(found)[0, 1], 0.729, tolerance=5e-4), equal("fitted, A against C", chances(found)[0, 2], 0.821, tolerance=5e-4),
        equal("fitted, B against C", chances(found)[1, 2], 0.629, tolerance=5e-4),
        equal("ceiling at 73", (1 + np.sqrt(2 * 0.73 - 1)) / 2, 0.839, tolerance=5e-4),
        equal("Elo points of one unit", 400 / np.log(10), 174, tolerance=0.5),
    )  # fmt: skip


@derivation("loss-steps", "The pairwise loss, its slope, and what it leaves open.",
            assumes=("choices are independent given the scores", WORTH))  # fmt: skip
def loss_steps(rng, n: Annotated[int, Range(2, 20)] = 8, shift: Annotated[float, Range(-10, 10)] = 4.0):
    w, l_ = rng.normal(size=(2, n))
    gap, h, p = w - l_, 1e-4, rng.uniform(0.05, 0.95, size=n)

    def one(u):
        return -np.log(1 / (1 + np.exp(-u)))

    def expected(u):
        return p * one(u) + (1 - p) * one(-u)

    likelihood = np.prod(np.exp(w) / (np.exp(w) + np.exp(l_)))
    return outcome(
        equal("chance of a choice", sigmoid(gap), np.exp(w) / (np.exp(w) + np.exp(l_)), tolerance=1e-12),
        equal("loss of the data", -np.log(likelihood), one(gap).sum(), tolerance=1e-9),
        equal("slope", (one(gap + h) - one(gap - h)) / (2 * h), -(1 - sigmoid(gap)), tolerance=1e-7),
        equal("curvature", (one(gap + h) - 2 * one(gap) + one(gap - h)) / h**2, sigmoid(gap) * (1 - sigmoid(gap)), tolerance=1e-6),
        equal("slope of the expected loss", (expected(gap + h) - expected(gap - h)) / (2 * h), sigmoid(gap) - p, tolerance=1e-7),
        equal("margins after a shift", (w + shift) - (l_ + shift), gap, tolerance=1e-12),
    )
