"""Checks of the page on cross-entropy. All expectations are finite sums."""

from typing import Annotated

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, that,
)

Outcomes = Annotated[int, Range(2, 40)]
Chance = Annotated[float, Range(0.05, 0.45)]
FORECASTS = np.linspace(0.001, 0.999, 999)


def cross_entropy(p, q):
    """H(p, q) in nats. Outcomes that p rules out cost nothing."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    happens = p > 0
    with np.errstate(divide="ignore"):
        return -np.sum(p[happens] * np.log(q[happens])) + 0.0


def entropy(p):
    return cross_entropy(p, p)


def excess(p, q):
    """KL(p‖q), by its own formula."""
    happens = np.asarray(p) > 0
    return np.sum(np.asarray(p)[happens] * np.log(np.asarray(p)[happens] / np.asarray(q)[happens]))


@claim(
    "gibbs",
    "H(p, q) = H(p) + KL(p‖q) ≥ H(p), with equality for q = p.",
    assumes=("p and q are distributions on the same set", "H(p) is finite"),
)
def gibbs(rng, outcomes: Outcomes = 5, beliefs: Annotated[int, Range(1, 200)] = 50):
    p, q = rng.dirichlet(np.ones(outcomes)), rng.dirichlet(np.ones(outcomes), size=beliefs)
    costs = np.array([cross_entropy(p, belief) for belief in q])
    one_hot = np.eye(outcomes)[rng.integers(outcomes)]
    return outcome(
        at_least("H(p, q)", costs, entropy(p)),
        equal("H(p) + KL(p‖q)", entropy(p) + np.array([excess(p, belief) for belief in q]), costs, tolerance=1e-10),
        at_most("H(p, q) for q close to p", cross_entropy(p, p + 1e-4 * p * (q[0] - p @ q[0])), entropy(p) + 1e-7),
        equal("one-hot p", cross_entropy(one_hot, q[0]), -np.log(one_hot @ q[0]), tolerance=1e-12),
        equal("uniform q", cross_entropy(p, np.full(outcomes, 1 / outcomes)), np.log(outcomes), tolerance=1e-12),
    )


def prefix_code(lengths):
    """Words of these lengths, shortest first, none the beginning of another: the next free number each time."""
    words, value, before = [], 0, 0
    for length in sorted(lengths):
        value <<= length - before
        words.append(format(value, f"0{length}b"))
        value, before = value + 1, length
    return words


@claim(
    "code-length",
    "With words of −log₂ q(x) bits the average message from p takes H(p, q) bits.",
    assumes=("every q(x) is a power of ½", "q sums to 1"),
)
def code_length(rng, splits: Annotated[int, Range(1, 12)] = 5):
    lengths = [1, 1]
    for _ in range(splits):  # split a word into two: the shares still sum to 1
        at = rng.integers(len(lengths))
        lengths[at] += 1
        lengths.append(lengths[at])
    lengths.sort()
    words = prefix_code(lengths)
    p, q = rng.dirichlet(np.ones(len(lengths))), 2.0 ** -np.array(lengths)
    clash = [a for a in words for b in words if a is not b and b.startswith(a)]
    return outcome(
        equal("average length, in bits", p @ [len(w) for w in words], cross_entropy(p, q) / np.log(2), tolerance=1e-10),
        equal("sum of q", q.sum(), 1), equal("words that begin another", len(clash), 0),
        at_least("the same, against the entropy of p", cross_entropy(p, q), entropy(p)),
        message=f"{len(words)} words: {', '.join(words)}.",
    )  # fmt: skip


def honest(scores, truth):
    """What a good score does: it is best at the true probability. `scores` are expected scores at FORECASTS."""
    return equal("best forecast", FORECASTS[np.argmin(scores)], truth, tolerance=1e-3)


def scores_by_log(truth):
    return -truth * np.log(FORECASTS) - (1 - truth) * np.log(1 - FORECASTS)


def scores_by_distance(truth):
    return truth * (1 - FORECASTS) + (1 - truth) * FORECASTS


@claim(
    "honest-is-best",
    "The expected log-loss of a forecast is least at the true probability.",
    assumes=("the score is minus the logarithm of the probability given to what happens", "the truth does not depend on the forecast"),
)
def honest_is_best(rng, truth: Annotated[float, Range(0.02, 0.98)] = 0.3):
    return outcome(
        honest(scores_by_log(truth), truth),
        equal("best score", scores_by_log(truth).min(), entropy([truth, 1 - truth]), tolerance=1e-4),
        plot=Plot(
            "forecast", "expected score",
            (Line("log-loss", FORECASTS[20:-20], scores_by_log(truth)[20:-20]),
             Line("distance", FORECASTS[20:-20], scores_by_distance(truth)[20:-20])),
            "The log-loss has its lowest point at the true probability; the distance is a straight line, lowest at an end.",
        ),
    )  # fmt: skip


@failure(
    "absolute-distance",
    "By the average distance to the outcome the best forecast is 0 or 1, not the truth.",
    of="honest-is-best",
    without="the score is minus the logarithm of the probability given to what happens",
)
def absolute_distance(rng, truth: Annotated[float, Range(0.02, 0.98)] = 0.3):
    by_hand = np.average([np.abs(1 - FORECASTS), np.abs(0 - FORECASTS)], axis=0, weights=[truth, 1 - truth])
    return outcome(
        honest(scores_by_distance(truth), truth),
        figure("score of the truth", truth * (1 - truth) * 2), figure("best score", scores_by_distance(truth).min()),
        given=[
            equal("expected distance", scores_by_distance(truth), by_hand, tolerance=1e-12),
            equal("best forecast by log-loss", FORECASTS[np.argmin(scores_by_log(truth))], truth, tolerance=1e-3),
        ],
    )  # fmt: skip


def not_below_floor(loss, floor):
    return at_least("expected loss", loss, floor, slack=1e-12)


@claim(
    "floor",
    "The expected loss is at least H(Y|X), and reaches it for the true conditional probabilities.",
    assumes=("labels follow p(y|x)", "the labels that are scored were not used to fit"),
)
def floor(rng, flips: Chance = 0.2, inputs: Annotated[int, Range(1, 30)] = 4):
    weight = rng.dirichlet(np.ones(inputs))
    says = rng.uniform(0.01, 0.99, size=inputs)  # any model: the probability it gives to the flipped label
    lowest = entropy([flips, 1 - flips])
    any_model = weight @ [cross_entropy([flips, 1 - flips], [s, 1 - s]) for s in says]
    return outcome(
        not_below_floor(any_model, lowest),
        equal("its excess over the floor", any_model - lowest, weight @ [excess([flips, 1 - flips], [s, 1 - s]) for s in says], tolerance=1e-10),
        equal("loss of the true probabilities", weight @ np.full(inputs, cross_entropy([flips, 1 - flips], [flips, 1 - flips])), lowest,
              tolerance=1e-12),
        figure("H(Y|X)", lowest),
    )  # fmt: skip


@failure(
    "memorised",
    "Scored on the labels it was fitted to, a table of shares falls below the floor.",
    of="floor",
    without="the labels that are scored were not used to fit",
)
def memorised(rng, flips: Chance = 0.2, seen: Annotated[int, Range(1, 60)] = 3):
    law = np.ones(1)
    for _ in range(seen):
        law = np.convolve(law, [1 - flips, flips])
    shares = np.arange(seen + 1) / seen
    on_training = law @ [entropy([s, 1 - s]) for s in shares]
    return outcome(
        not_below_floor(on_training, entropy([flips, 1 - flips])),
        given=[equal("mean share of flipped labels", law @ shares, flips, tolerance=1e-12)],
        message=f"Each input was seen {seen} times, and the model repeats the shares it saw. Averaged over all possible data.",
    )


@claim(
    "bounded-loss",
    "If every outcome has at least ε, no example costs more than ln(1/ε).",
    assumes=("no outcome gets less than ε",),
)
def bounded_loss(rng, outcomes: Outcomes = 10, eps: Annotated[float, Range(1e-6, 0.02)] = 0.01):
    q = (1 - outcomes * eps) * rng.dirichlet(np.full(outcomes, 0.05)) + eps
    label = np.argmin(q)
    return outcome(within(-np.log(q[label]), eps), equal("sum of q", q.sum(), 1, tolerance=1e-12))


def within(loss, eps):
    return at_most("loss", loss, np.log(1 / eps), slack=1e-12)


@failure(
    "confident-miss",
    "One wrong label that was nearly ruled out weighs as much as hundreds of good examples.",
    of="bounded-loss",
    without="no outcome gets less than ε",
)
def confident_miss(rng, digits: Annotated[int, Range(3, 300)] = 9, examples: Annotated[int, Range(10, 10000)] = 1000):
    wrong, fine = digits * np.log(10), -np.log(0.9)
    whole = wrong + (examples - 1) * fine
    return outcome(
        within(wrong, 0.01),
        figure("as many good examples", wrong / fine), figure("share of the total loss", wrong / whole),
        given=[at_most("loss of every other example", fine, np.log(1 / 0.01))],
        message=f"One label in {examples} got the probability 1e-{digits}; all others got 0.9.",
    )  # fmt: skip


def family(theta):
    """Bernoulli laws, as lists of two probabilities."""
    return np.stack([theta, 1 - theta], axis=-1)


def minimisers_agree(cross, divergence):
    return equal("minimiser of H(p, q)", FORECASTS[np.argmin(cross)], FORECASTS[np.argmin(divergence)], tolerance=1e-9)


@claim(
    "same-minimiser",
    "Over q, cross-entropy and KL divergence have the same minimiser.",
    assumes=("p does not depend on the model",),
)
def same_minimiser(rng, p: Annotated[float, Range(0.05, 0.95)] = 0.7):
    truth = family(np.float64(p))
    cross = np.array([cross_entropy(truth, q) for q in family(FORECASTS)])
    divergence = np.array([excess(truth, q) for q in family(FORECASTS)])
    return outcome(
        minimisers_agree(cross, divergence),
        equal("difference, the same for every q", cross - divergence, np.full(len(cross), entropy(truth)), tolerance=1e-10),
    )


@failure(
    "moving-target",
    "Over p, the cross-entropy is least where p sits on the most likely outcome; the divergence is least at q.",
    of="same-minimiser",
    without="p does not depend on the model",
)
def moving_target(rng, q: Annotated[float, Range(0.55, 0.95)] = 0.7):
    fixed = family(np.float64(q))
    cross = np.array([cross_entropy(p, fixed) for p in family(FORECASTS)])
    divergence = np.array([excess(p, fixed) for p in family(FORECASTS)])
    return outcome(
        minimisers_agree(cross, divergence),
        figure("minimiser of KL(p‖q)", FORECASTS[np.argmin(divergence)]),
        given=[equal("H(p, q) − H(p)", cross - np.array([entropy(p) for p in family(FORECASTS)]), divergence, tolerance=1e-10)],
        message="The entropy of p is no constant here, and leaving it out rewards a p without any.",
    )


@derivation("gibbs-steps", "Gibbs' inequality, by Jensen.", assumes=("p and q are distributions", "q > 0 where p > 0", "H(p) is finite"))
def gibbs_steps(rng, outcomes: Outcomes = 5, outside: Annotated[float, Range(0.0, 0.5)] = 0.2):
    p = rng.dirichlet(np.ones(outcomes))
    q = rng.dirichlet(np.ones(outcomes)) * (1 - outside)  # the rest of q lies where p has no mass
    difference, c = p @ np.log(q / p), rng.uniform(0.2, 1.0)
    return outcome(
        equal("H(p) − H(p, q)", entropy(p) - cross_entropy(p, q), difference, tolerance=1e-10),
        at_most("Σ p log(q/p)", difference, np.log(p @ (q / p))),
        at_most("log Σ q", np.log(q.sum()), np.log(1 - outside), slack=1e-12),
        equal("for q = cp: Σ p log(q/p)", p @ np.log(c * p / p), np.log(c), tolerance=1e-12),
    )


@derivation("log-loss-steps", "The average log-loss is a cross-entropy with the empirical distribution.", assumes="q > 0 on the data")
def log_loss_steps(rng, n: Annotated[int, Range(1, 500)] = 40, outcomes: Outcomes = 5):
    q = rng.dirichlet(np.ones(outcomes)) * 0.9 + 0.1 / outcomes
    data = rng.integers(outcomes, size=n)
    counts = np.bincount(data, minlength=outcomes)
    seen = counts / n
    return outcome(
        equal("Σ log q(xᵢ)", sum(np.log(q[x]) for x in data), counts @ np.log(q), tolerance=1e-8),
        equal("average log-loss", -np.mean(np.log(q[data])), cross_entropy(seen, q), tolerance=1e-10),
        equal("H(p̂, q)", cross_entropy(seen, q), entropy(seen) + excess(seen, q), tolerance=1e-10),
    )


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    half, far, rain = [0.5, 0.5], [0.9, 0.1], [0.3, 0.7]
    belief, truth = np.array([1 / 2, 1 / 4, 1 / 8, 1 / 8]), np.array([1 / 8, 1 / 8, 1 / 4, 1 / 2])
    narrow = 0.5 * np.log(2 * np.pi * np.e * 0.1**2)
    return outcome(
        equal("first term", -0.5 * np.log(0.9), 0.053, tolerance=5e-4), equal("second term", -0.5 * np.log(0.1), 1.151, tolerance=5e-4),
        equal("cross-entropy", cross_entropy(half, far), 1.204, tolerance=5e-4), equal("entropy of p", entropy(half), np.log(2)),
        equal("excess", excess(half, far), 0.511, tolerance=5e-4), equal("swapped", cross_entropy(far, half), np.log(2), tolerance=1e-12),
        equal("bits with the wrong code", cross_entropy(truth, belief) / np.log(2), 2.625, tolerance=1e-12),
        equal("bits with the right code", entropy(truth) / np.log(2), 1.75, tolerance=1e-12),
        equal("distance of the honest forecast", 0.3 * 0.7 + 0.7 * 0.3, 0.42, tolerance=1e-12),
        equal("distance of the sure forecast", 0.3 * 1 + 0.7 * 0, 0.3),
        equal("loss of the honest forecast", entropy(rain), 0.611, tolerance=5e-4),
        equal("loss of the timid forecast", cross_entropy(rain, [0.1, 0.9]), 0.765, tolerance=5e-4),
        that("the sure forecast costs infinitely much", np.isinf(cross_entropy(rain, [0, 1]))),
        equal("typical examples for one miss", -np.log(1e-9) / -np.log(0.9), 197, tolerance=0.5),
        equal("uniform guess over ten", np.log(10), 2.303, tolerance=5e-4),
        equal("loss at a thousandth", -np.log(0.001), 6.91, tolerance=5e-3),
        at_most("entropy of a narrow Gaussian density", narrow, -0.8),
    )  # fmt: skip
