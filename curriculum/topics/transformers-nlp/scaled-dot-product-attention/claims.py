"""Checks of the page on scaled dot-product attention."""

from itertools import product
from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Points, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, that,
)

Width = Annotated[int, Range(1, 512)]
Law = Literal["normal", "uniform", "signs", "Laplace"]
KURTOSIS = {"normal": 3.0, "uniform": 1.8, "signs": 1.0, "Laplace": 6.0}
PAIRS = 3000


def one_query(q, keys, values):
    scores = keys @ q / np.sqrt(len(q))        # how well each key matches
    weights = np.exp(scores - scores.max())    # positive, never too large
    weights /= weights.sum()                   # sums to one
    return weights @ values                    # the weighted average of the values


def softmax(scores):
    """The softmax of each row. A row without any finite score has no maximum to subtract: it becomes NaN."""
    with np.errstate(invalid="ignore"):
        shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)


def attention(q, k, v, seen=True):
    """The formula of the page, for all queries at once: weights and outputs. Keys that are not seen score −∞."""
    weights = softmax(np.where(seen, q @ k.T / np.sqrt(k.shape[1]), -np.inf))
    return weights, weights @ v


def standard(rng, law, shape):
    """Independent components with mean 0 and variance 1."""
    if law == "normal":
        return rng.normal(size=shape)
    if law == "uniform":
        return rng.uniform(-np.sqrt(3), np.sqrt(3), size=shape)
    if law == "signs":
        return rng.choice([-1.0, 1.0], size=shape)
    return rng.laplace(scale=np.sqrt(0.5), size=shape)


def six_errors(d, law, samples=PAIRS):
    """Six standard errors of the variance of q·k, estimated from samples of it, as a share of that variance."""
    return 6 * np.sqrt((3 + (KURTOSIS[law] ** 2 - 3) / d - 1) / samples)


@claim(
    "score-variance",
    "q·k has mean 0 and variance d; divided by √d it has variance 1.",
    assumes=("the components are independent of each other", "each has mean 0", "each has variance 1"),
)
def score_variance(rng, d: Width = 64, law: Law = "normal"):
    widths = np.unique(np.geomspace(1, 512, 8).astype(int))
    spread = [(standard(rng, law, (400, w)) * standard(rng, law, (400, w))).sum(axis=1).std() for w in widths]
    dots = (standard(rng, law, (PAIRS, d)) * standard(rng, law, (PAIRS, d))).sum(axis=1)
    return outcome(
        equal("mean of q·k", dots.mean(), 0, tolerance=6 * np.sqrt(d / PAIRS)),
        equal("variance of q·k", dots.var(), d, relative=six_errors(d, law)),
        equal("variance of the score", (dots / np.sqrt(d)).var(), 1, relative=six_errors(d, law)),
        message=f"{PAIRS} pairs of vectors of width {d}, components {law}.",
        plot=Plot(
            "width d", "standard deviation of q·k", (Points("measured", widths, spread), Line("√d", widths, np.sqrt(widths))),
            "On logarithmic axes the measured standard deviation of the dot product lies on the line √d for every width.",
            log_x=True, log_y=True,
        ),
    )  # fmt: skip


@claim(
    "mixture",
    "The weights of each query are not negative, sum to 1 and are 0 for hidden keys, so each output lies between the least and the greatest value.",
    assumes=("each query sees at least one key", "finite inputs"),
)
def mixture(rng, n: Annotated[int, Range(1, 64)] = 5, m: Annotated[int, Range(1, 64)] = 7, d: Width = 16):
    q, k, v = rng.normal(size=(n, d)), rng.normal(size=(m, d)), rng.normal(size=(m, 3))
    seen = rng.random((n, m)) < 0.7
    seen[np.arange(n), rng.integers(m, size=n)] = True
    weights, out = attention(q, k, v, seen)
    alone = np.array([one_query(row, k[may], v[may]) for row, may in zip(q, seen)])
    return outcome(
        that("a weight is positive exactly where the key is seen", (weights > 0) == seen),
        at_least("least weight", weights, 0),
        equal("sum of each query's weights", weights.sum(axis=1), np.ones(n), tolerance=1e-12),
        at_most("outputs, against the greatest value", out, v.max(axis=0), slack=1e-12),
        at_least("outputs, against the least value", out, v.min(axis=0), slack=1e-12),
        equal("all queries at once and one by one", out, alone, tolerance=1e-12),
    )


@claim(
    "set-not-sequence",
    "Permuting keys and values together changes nothing; permuting the queries permutes the outputs.",
    assumes=("no mask", "no positions are added"),
)
def set_not_sequence(rng, m: Annotated[int, Range(2, 64)] = 8):
    q, k, v = rng.normal(size=(5, 4)), rng.normal(size=(m, 4)), rng.normal(size=(m, 3))
    order = np.roll(np.arange(m), 1)[rng.permutation(m)]
    rows = rng.permutation(5)
    out = attention(q, k, v)[1]
    return outcome(
        equal("outputs after permuting keys and values", attention(q, k[order], v[order])[1], out, tolerance=1e-12),
        equal("outputs after permuting queries", attention(q[rows], k, v)[1], out[rows], tolerance=1e-12),
        at_least("change when only the keys are permuted", np.abs(attention(q, np.roll(k, 1, axis=0), v)[1] - out).max(), 1e-6),
    )


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    q, k, v = np.array([[2.0, 0, 0, 0]]), np.array([[1.0, 1, 0, 0], [0, 1, 0, 0]]), np.array([[10.0, 0], [0, 10]])
    weights, out = attention(q, k, v)
    plain = softmax(q @ k.T)
    hidden = softmax(np.array([[1.0, -np.inf]])) @ v
    return outcome(
        equal("score 1", (q @ k.T / 2)[0, 0], 1, tolerance=1e-12),
        equal("weight 1", weights[0, 0], np.e / (np.e + 1), tolerance=1e-12),
        equal("weight 2", weights[0, 1], 0.269, tolerance=5e-4),
        equal("output 1", out[0, 0], 7.31, tolerance=5e-3), equal("output 2", out[0, 1], 2.69, tolerance=5e-3),
        equal("weight 1 without the scale", plain[0, 0], 0.881, tolerance=5e-4),
        equal("weight 2 without the scale", plain[0, 1], 0.119, tolerance=5e-4),
        equal("output with the second key hidden", hidden, [[10.0, 0.0]], tolerance=1e-12),
    )  # fmt: skip


@derivation(
    "variance-steps",
    "The variance of q·k, for laws with a few values each, where every expectation is a finite sum.",
    assumes=("independent components", "mean 0", "variance 1"),
)
def variance_steps(rng, d: Annotated[int, Range(1, 4)] = 3, points: Annotated[int, Range(2, 3)] = 3):
    laws = [few_values(rng, points) for _ in range(2 * d)]
    pairs = list(zip(laws[:d], laws[d:]))
    means, variances = zip(*(moments(*product_law(a, b)) for a, b in pairs))
    values, weights = np.zeros(1), np.ones(1)
    for a, b in pairs:  # the law of the sum, by listing every case
        x, w = product_law(a, b)
        values = np.add.outer(values, x).ravel()
        weights = np.multiply.outer(weights, w).ravel()
    variance = moments(values, weights)[1]
    return outcome(
        equal("E[qᵢkᵢ]", np.array(means), np.zeros(d), tolerance=1e-9),
        equal("Var(qᵢkᵢ)", np.array(variances), np.ones(d), tolerance=1e-9),
        equal("Var(q·k)", variance, d, relative=1e-9),
        equal("Var(q·k/√d)", moments(values / np.sqrt(d), weights)[1], 1, relative=1e-9),
        message=f"{len(values)} cases of d = {d} products, each law with {points} values of its own.",
    )


def few_values(rng, points):
    """A random law on a few values, with mean 0 and variance 1."""
    x, w = rng.normal(size=points), rng.dirichlet(np.full(points, 3.0))
    mean = w @ x
    return (x - mean) / np.sqrt(w @ (x - mean) ** 2), w


def product_law(a, b):
    """The law of the product of two independent variables."""
    return np.multiply.outer(a[0], b[0]).ravel(), np.multiply.outer(a[1], b[1]).ravel()


def moments(x, w):
    """Mean and variance of a law."""
    mean = w @ x
    return mean, w @ (x - mean) ** 2


@derivation(
    "gradient-steps",
    "The backward pass, against differences of the loss.",
    assumes=("no row is masked whole", "the loss is differentiable"),
)
def gradient_steps(
    rng, n: Annotated[int, Range(1, 6)] = 3, m: Annotated[int, Range(1, 6)] = 4, d: Annotated[int, Range(1, 6)] = 2
):
    q, k, v, upstream = (rng.normal(size=s) for s in ((n, d), (m, d), (m, 3), (n, 3)))
    weights, out = attention(q, k, v)
    d_v = weights.T @ upstream
    d_p = upstream @ v.T
    r = (weights * d_p).sum(axis=1)
    d_s = weights * (d_p - r[:, None])
    scores = q @ k.T / np.sqrt(d)

    def loss_of(p, values):
        return np.sum(upstream * (p @ values))

    return outcome(
        equal("dV", d_v, slope(lambda x: loss_of(weights, x), v), tolerance=1e-7),
        equal("dP", d_p, slope(lambda x: loss_of(x, v), weights), tolerance=1e-7),
        equal("dS", d_s, slope(lambda x: loss_of(softmax(x), v), scores), tolerance=1e-7),
        equal("rᵢ", r, (out * upstream).sum(axis=1), tolerance=1e-12),
        equal("dQ", d_s @ k / np.sqrt(d), slope(lambda x: np.sum(upstream * attention(x, k, v)[1]), q), tolerance=1e-7),
        equal("dK", d_s.T @ q / np.sqrt(d), slope(lambda x: np.sum(upstream * attention(q, x, v)[1]), k), tolerance=1e-7),
        message=f"{n} queries and {m} keys of width {d}; the loss is a random linear function of the outputs.",
    )


def slope(function, at, h=1e-5):
    """The gradient of a function of an array, by central differences."""
    found = np.zeros_like(at)
    for place in product(*map(range, at.shape)):
        step = np.zeros_like(at)
        step[place] = h
        found[place] = (function(at + step) - function(at - step)) / (2 * h)
    return found


@failure(
    "no-scale",
    "Without the scale the scores grow with √d, one key takes nearly all the weight, and the gradient dies.",
    of="score-variance",
    without="the division by √d",
)
def no_scale(rng, d: Width = 512, keys: Annotated[int, Range(2, 128)] = 64):
    def shares(width, scale):
        q, k = rng.normal(size=(40, width)), rng.normal(size=(40, keys, width))
        weights = softmax(np.einsum("nd,nmd->nm", q, k) * scale)
        return weights.max(axis=1).mean(), np.mean(np.sum(weights * (1 - weights), axis=1))

    dots = (rng.normal(size=(PAIRS, d)) * rng.normal(size=(PAIRS, d))).sum(axis=1)
    widths = np.array([1, 4, 16, 64, 256])
    top, passing = shares(d, 1.0)
    scaled_top, scaled_passing = shares(d, 1 / np.sqrt(d))
    return outcome(
        equal("variance of the score", dots.var(), 1, relative=six_errors(d, "normal")),
        figure("largest weight, mean", top), figure("largest weight, mean, with the scale", scaled_top),
        figure("Σ p(1 − p)", passing), figure("Σ p(1 − p) with the scale", scaled_passing),
        given=[equal("mean of the score", dots.mean(), 0, tolerance=6 * np.sqrt(d / PAIRS))],
        message="Σ p(1 − p) is the trace of the softmax's Jacobian: what is left of the gradient.",
        plot=Plot(
            "width d", "mean largest weight",
            (Points("without the scale", widths, [shares(w, 1.0)[0] for w in widths]),
             Points("with 1/√d", widths, [shares(w, 1 / np.sqrt(w))[0] for w in widths])),
            "Without the scale the largest of the weights climbs towards one as the width grows; with it, it stays where it was.",
            log_x=True,
        ),
    )  # fmt: skip


@failure(
    "aligned-keys",
    "When keys resemble queries the mean score grows with √d, scale or no scale.",
    of="score-variance",
    without="queries and keys are independent",
)
def aligned_keys(rng, d: Width = 64, likeness: Annotated[float, Range(0.0, 1.0)] = 0.5):
    q = rng.normal(size=(PAIRS, d))
    k = likeness * q + np.sqrt(1 - likeness**2) * rng.normal(size=(PAIRS, d))
    scores = (q * k).sum(axis=1) / np.sqrt(d)
    return outcome(
        equal("mean of the score", scores.mean(), 0, tolerance=6 * np.sqrt(2 / PAIRS)),
        figure("likeness · √d", likeness * np.sqrt(d)),
        given=[equal("variance of a key's component", k.var(), 1, tolerance=6 * np.sqrt(2 / (PAIRS * d)))],
        message=f"Every component still has mean 0 and variance 1, but key and query correlate at {likeness:g}.",
    )


@failure(
    "whole-row-masked",
    "A query that may see no key gets NaN, or with a large negative number the average of what it must not see.",
    of="mixture",
    without="each query sees at least one key",
)
def whole_row_masked(rng, mask: Literal["minus infinity", "minus 1e9"] = "minus infinity"):
    v = rng.normal(size=(4, 2))
    hidden = -np.inf if mask == "minus infinity" else -1e9
    scores = rng.normal(size=(3, 4))
    scores[0] = hidden
    may_see = np.ones((3, 4))
    may_see[0] = 0
    weights = softmax(scores)
    return outcome(
        equal("weight on keys the query may see", (weights[0] * may_see[0]).sum(), 1, tolerance=1e-12),
        figure("NaN in the row", np.isnan(weights[0]).sum()),
        figure("distance of the output from the mean of all values", np.abs(weights[0] @ v - v.mean(axis=0)).max()),
        given=[equal("weights of the other rows", (weights * may_see)[1:].sum(axis=1), np.ones(2), tolerance=1e-12)],
        message="0/0 is NaN, and every sum it enters becomes NaN."
        if mask == "minus infinity"
        else "All scores are equal, so the softmax is uniform over keys that must not be seen. No error is raised.",
    )
