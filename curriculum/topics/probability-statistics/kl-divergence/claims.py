"""Checks of the page on KL divergence. Sums are exact; densities are integrated on fine grids."""

from typing import Annotated, Literal

import numpy as np

from cairn.claims import (
    Line, Plot, Range, at_least, at_most, claim, derivation, equal, failure, figure, outcome, that,
)

Outcomes = Annotated[int, Range(2, 40)]
Positive = Annotated[float, Range(0.3, 3.0)]
GRID = np.linspace(-16, 16, 2001)


def kl(p, q):
    """The divergence in nats of two lists of probabilities."""
    p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
    happens = p > 0
    with np.errstate(divide="ignore"):
        return np.sum(p[happens] * (np.log(p[happens]) - np.log(q[happens])))


def normal(x, mean, sd):
    return np.exp(-((x - mean) ** 2) / (2 * sd**2)) / (sd * np.sqrt(2 * np.pi))


def log_normal_density(x, mean, sd):
    """The logarithm of a Gaussian density."""
    return -((x - mean) ** 2) / (2 * sd**2) - np.log(sd * np.sqrt(2 * np.pi))


def gaussian_kl(m1, s1, m2, s2):
    """The closed form of the page."""
    return np.log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - 0.5


def never_negative(p, q):
    return at_least("KL(p‖q)", kl(p, q), 0)


@claim(
    "not-negative",
    "KL(p‖q) ≥ 0, and near p it is half the sum of δ²/p for q = p + δ.",
    assumes=("p sums to 1", "q sums to 1"),
)
def not_negative(rng, outcomes: Outcomes = 5, pairs: Annotated[int, Range(1, 200)] = 50):
    p, others = rng.dirichlet(np.ones(outcomes)) * 0.9 + 0.1 / outcomes, rng.dirichlet(np.ones(outcomes), size=pairs)
    delta = rng.normal(size=outcomes)
    delta = 1e-4 * p * (delta - p @ delta)
    values = np.array([kl(p, q) for q in others])
    return outcome(
        never_negative(p, others[0]),
        at_least("the same, for all pairs", values, 0),
        equal("KL(p‖p)", kl(p, p), 0),
        equal("KL(p‖p + δ), against ½Σδ²/p", kl(p, p + delta) / (0.5 * np.sum(delta**2 / p)), 1, tolerance=1e-2),
        figure("KL(q‖p)", kl(others[0], p)),
    )


@failure(
    "not-normalised",
    "If q has more mass than p the sum can be negative.",
    of="not-negative",
    without="p sums to 1",
)
def not_normalised(rng, outcomes: Outcomes = 5, lost: Annotated[float, Range(0.01, 0.9)] = 0.3):
    q = rng.dirichlet(np.ones(outcomes)) * 0.9 + 0.1 / outcomes
    return outcome(
        never_negative((1 - lost) * q, q),
        given=[equal("sum of q", q.sum(), 1, tolerance=1e-12)],
        message=f"p is q with {lost:.0%} of every probability lost; every logarithm is negative.",
    )


@claim(
    "processing",
    "A bijection leaves the divergence as it is; merging outcomes never increases it.",
    assumes=("both laws are sent through the same map",),
)
def processing(rng, outcomes: Outcomes = 6, m: Annotated[float, Range(-1.0, 1.0)] = 0.5, sd: Annotated[float, Range(0.5, 1.5)] = 0.8):
    p, q = rng.dirichlet(np.ones(outcomes)), rng.dirichlet(np.ones(outcomes))
    order = rng.permutation(outcomes)
    merged = [np.append(v[2:], v[0] + v[1]) for v in (p, q)]
    same = p.copy()
    same[:2] = (p[0] + p[1]) * q[:2] / q[:2].sum()  # the ratio p/q is equal on the two that are merged
    x = np.exp(np.linspace(-12, 12, 4001))  # y = eˣ of two Gaussians, integrated over y
    log_first, log_second = log_normal_density(np.log(x), m, sd) - np.log(x), log_normal_density(np.log(x), 0, 1) - np.log(x)
    return outcome(
        equal("after a permutation", kl(p[order], q[order]), kl(p, q), tolerance=1e-12),
        at_most("after a merger", kl(*merged), kl(p, q), slack=1e-12),
        equal("after a merger with equal ratios", kl(np.append(same[2:], same[0] + same[1]), merged[1]), kl(same, q), tolerance=1e-12),
        equal("KL of the exponentials", np.trapezoid(np.exp(log_first) * (log_first - log_second), x), gaussian_kl(m, sd, 0, 1), tolerance=1e-3),
    )


def pinsker_bound(p, q):
    return np.sqrt(kl(p, q) / 2)


def bounded_difference(p, q, f):
    """What Pinsker's inequality says of an expectation."""
    return at_most("|E_p f − E_q f|", abs(p @ f - q @ f), pinsker_bound(p, q))


@claim(
    "pinsker",
    "sup |p(A) − q(A)| ≤ √(KL(p‖q)/2), in nats; the same holds for |E_p f − E_q f|.",
    assumes=("natural logarithms", "f has values in [0, 1]"),
)
def pinsker(rng, outcomes: Outcomes = 5, kind: Literal["random", "nearly fair coins"] = "random"):
    if kind == "random":
        p, q = rng.dirichlet(np.ones(outcomes)), rng.dirichlet(np.ones(outcomes))
    else:
        p, q = np.array([0.51, 0.49]), np.array([0.5, 0.5])
    worst = (p > q).astype(float)  # the event on which the two differ most
    return outcome(
        bounded_difference(p, q, worst),
        equal("half the sum of |p − q|", np.abs(p - q).sum() / 2, worst @ (p - q), tolerance=1e-12),
        at_least("how much of the bound is used", worst @ (p - q) / pinsker_bound(p, q), 0.999 if kind != "random" else 0),
        message=f"The pair is {kind}. For nearly fair coins the bound is reached.",
    )


@failure(
    "unbounded-loss",
    "A divergence of nearly 0 allows any difference of expectations.",
    of="pinsker",
    without="f has values in [0, 1]",
)
def unbounded_loss(rng, rare: Annotated[float, Range(0.0001, 0.1)] = 0.001):
    p, q, f = np.array([1 - rare, rare]), np.array([1 - rare / 2, rare / 2]), np.array([0, rare**-2])
    return outcome(
        bounded_difference(p, q, f),
        figure("KL(p‖q)", kl(p, q)),
        given=[at_most("difference of any event's probability", np.abs(p - q).max(), pinsker_bound(p, q))],
        message=f"An outcome of value {rare**-2:g} has chance {rare:g} under p and half of it under q.",
    )


def fits(p, grid):
    """The Gaussians nearest to a density in both directions: mean and deviation of each. The second is found by search."""
    step = grid[1] - grid[0]
    mean = np.sum(grid * p) * step
    sd = np.sqrt(np.sum((grid - mean) ** 2 * p) * step)
    means, sds = np.linspace(-5, 5, 101), np.linspace(0.5, 5, 46)
    x = grid[::20]
    log_p = np.log(p[::20])
    z = np.linspace(-5, 5, 81)
    weight = normal(z, 0, 1) * (z[1] - z[0])
    at = means[:, None, None] + sds[None, :, None] * z
    costs = -np.log(sds)[None, :] - np.interp(at, x, log_p) @ weight  # KL(q‖p) up to a constant
    i, j = np.unravel_index(np.argmin(costs), costs.shape)
    return (mean, sd), (means[i], sds[j])


def two_modes(apart):
    """An even mixture of two Gaussians of deviation 1."""
    return (normal(GRID, -apart / 2, 1) + normal(GRID, apart / 2, 1)) / 2


def one_mode_found(found, apart):
    """What is claimed of the second direction."""
    return equal("distance of the fit from the nearest mode", abs(abs(found[0]) - apart / 2), 0, tolerance=0.15)


@claim(
    "two-directions",
    "The first direction gives mean and variance of p; the second settles on one of two far modes.",
    assumes=("q is Gaussian", "the modes lie six standard deviations or more apart"),
)
def two_directions(rng, apart: Annotated[float, Range(6.0, 8.0)] = 6.0):
    p, step = two_modes(apart), GRID[1] - GRID[0]
    cover, seek = fits(p, GRID)
    inside = p > 1e-300

    def forward(mean, sd):
        return np.sum(p[inside] * (np.log(p[inside]) - log_normal_density(GRID[inside], mean, sd))) * step

    near = [forward(cover[0] + a, cover[1] + b) for a in (-0.1, 0, 0.1) for b in (-0.1, 0, 0.1)]
    return outcome(
        equal("variance of the first fit", cover[1] ** 2, 1 + apart**2 / 4, tolerance=1e-6),
        at_least("KL(p‖q) near it", near, forward(*cover), slack=1e-12),
        one_mode_found(seek, apart),
        equal("deviation of the second fit", seek[1], 1, tolerance=0.11),
        message=f"Modes {apart:g} apart, each of deviation 1. Covering takes a deviation of {cover[1]:.2f}.",
        plot=Plot(
            "x", "density",
            (Line("p", GRID[500:1501], p[500:1501]), Line("min KL(p‖q)", GRID[500:1501], normal(GRID, *cover)[500:1501]),
             Line("min KL(q‖p)", GRID[500:1501], normal(GRID, *seek)[500:1501])),
            "Two humps; one fitted Gaussian is low and covers both and the gap, the other is tall and sits on one hump.",
        ),
    )  # fmt: skip


@failure(
    "near-modes",
    "Two near modes are covered together, in this direction too.",
    of="two-directions",
    without="the modes lie six standard deviations or more apart",
)
def near_modes(rng, apart: Annotated[float, Range(2.5, 4.0)] = 3.0):
    p = two_modes(apart)  # up to a distance of 2 the mixture would have a single mode
    cover, seek = fits(p, GRID)
    return outcome(
        one_mode_found(seek, apart),
        figure("mean of the second fit", seek[0]), figure("its deviation", seek[1]),
        given=[
            equal("variance of the first fit", cover[1] ** 2, 1 + apart**2 / 4, tolerance=1e-6),
            at_least("density on a hump, against the middle", p.max() / p[len(p) // 2], 1.01),
        ],
        message=f"Two humps {apart:g} apart, with a dip between them: the fit sits on the dip.",
    )  # fmt: skip


@derivation("sign-steps", "KL(p‖q) ≥ 0, with equality only for q = p.", assumes=("p and q are distributions", "q > 0 where p > 0"))
def sign_steps(rng, outcomes: Outcomes = 5, outside: Annotated[float, Range(0.0, 0.5)] = 0.2):
    p = rng.dirichlet(np.ones(outcomes))
    q = rng.dirichlet(np.ones(outcomes)) * (1 - outside)  # the rest of q lies where p has no mass
    turned, c = p @ np.log(q / p), rng.uniform(0.2, 1.0)
    return outcome(
        equal("−KL(p‖q)", -kl(np.append(p, 0), np.append(q, outside)), turned, tolerance=1e-12),
        at_most("Σ p log(q/p)", turned, np.log(p @ (q / p))),
        at_most("log Σ q", np.log(q.sum()), np.log(1 - outside), slack=1e-12),
        equal("for q = cp: Σ p log(q/p)", p @ np.log(c * p / p), np.log(c), tolerance=1e-12),
    )


@derivation("chain-steps", "The chain rule of the divergence.", assumes="q > 0 where p > 0")
def chain_steps(rng, rows: Outcomes = 3, columns: Outcomes = 4):
    p, q = (rng.dirichlet(np.ones(rows * columns)).reshape(rows, columns) for _ in range(2))
    px, qx = p.sum(axis=1), q.sum(axis=1)
    py, qy = p / px[:, None], q / qx[:, None]
    first = np.broadcast_to(np.log(px / qx)[:, None], p.shape)
    second = np.log(py / qy)
    inner = np.array([kl(a, b) for a, b in zip(py, qy)])
    many = kl(np.multiply.outer(px, np.multiply.outer(px, px)).ravel(), np.multiply.outer(qx, np.multiply.outer(qx, qx)).ravel())
    return outcome(
        equal("log-ratio", np.log(p / q), first + second, tolerance=1e-12),
        equal("the first part, averaged", np.sum(p * first), kl(px, qx), tolerance=1e-12),
        equal("the second part, averaged", np.sum(p * second), px @ inner, tolerance=1e-12),
        given=[
            equal("the whole", kl(p.ravel(), q.ravel()), kl(px, qx) + px @ inner, tolerance=1e-12),
            equal("three independent draws", many, 3 * kl(px, qx), tolerance=1e-10),
        ],
    )


@derivation("gaussian-steps", "The divergence of two Gaussians.", assumes="natural logarithms")
def gaussian_steps(rng, s1: Positive = 1.0, s2: Positive = 2.0, apart: Annotated[float, Range(-3.0, 3.0)] = 1.0):
    m1, m2 = 0.3, 0.3 + apart
    p, ratio = normal(GRID, m1, s1), log_normal_density(GRID, m1, s1) - log_normal_density(GRID, m2, s2)
    written = np.log(s2 / s1) - (GRID - m1) ** 2 / (2 * s1**2) + (GRID - m2) ** 2 / (2 * s2**2)

    def mean(values):
        return np.trapezoid(p * values, GRID)

    return outcome(
        equal("log-ratio", ratio, written, tolerance=1e-8),
        equal("E_p (x − μ₁)²", mean((GRID - m1) ** 2), s1**2, tolerance=1e-4),
        equal("E_p (x − μ₂)²", mean((GRID - m2) ** 2), s1**2 + (m1 - m2) ** 2, tolerance=1e-4),
        equal("KL(p‖q)", mean(ratio), gaussian_kl(m1, s1, m2, s2), tolerance=1e-3),
    )


def bounded(p, q):
    """Finite, and at most the largest log-ratio among the outcomes that both allow."""
    both = (p > 0) & (q > 0)
    return at_most("KL(p‖q)", kl(p, q), np.log(p[both] / q[both]).max(), slack=1e-12)


@claim(
    "finite",
    "KL(p‖q) is finite, and at most the largest log-ratio.",
    assumes=("finitely many outcomes", "q is positive wherever p is"),
)
def finite(rng, outcomes: Outcomes = 5, empty: Annotated[int, Range(0, 5)] = 2):
    p, q = np.append(rng.dirichlet(np.ones(outcomes)), np.zeros(empty)), rng.dirichlet(np.ones(outcomes + empty))
    return outcome(bounded(p, q), that("finite", np.isfinite(kl(p, q))))


@failure(
    "missed-outcome",
    "One outcome that q rules out makes the divergence infinite; a small constant in its place makes it whatever the constant says.",
    of="finite",
    without="q is positive wherever p is",
)
def missed_outcome(rng, outcomes: Outcomes = 5, chance: Annotated[float, Range(0.0001, 0.5)] = 0.01):
    q = np.append(rng.dirichlet(np.ones(outcomes)), 0)
    p = np.append((1 - chance) * q[:-1], chance)
    patched = [kl(p, (q + eps) / (q + eps).sum()) for eps in (1e-6, 1e-12)]
    left_out = np.sum(p[:-1] * np.log(p[:-1] / q[:-1]))
    return outcome(
        bounded(p, q),
        figure("with 1e-6 added to each", patched[0]), figure("with 1e-12 added to each", patched[1]),
        figure("with the outcome left out", left_out),
        given=[equal("sum of p", p.sum(), 1, tolerance=1e-12), equal("sum of q", q.sum(), 1, tolerance=1e-12)],
        message="Everywhere else the two agree up to a factor. With the outcome left out the result is even negative.",
    )  # fmt: skip


def binomial(n, p):
    """The law of the number of successes."""
    law = np.ones(1)
    for _ in range(n):
        law = np.convolve(law, [1 - p, p])
    return law


def unbiased(estimates, law, truth):
    return equal("mean of the estimate", law @ estimates, truth, tolerance=1e-9)


@claim(
    "sample-average",
    "The mean of log p/q over draws from p is right on average, though single samples can give a negative value.",
    assumes=("p and q are known", "the draws come from p"),
)
def sample_average(
    rng, n: Annotated[int, Range(1, 200)] = 20, p: Annotated[float, Range(0.05, 0.95)] = 0.6, q: Annotated[float, Range(0.05, 0.95)] = 0.5
):
    law, share = binomial(n, p), np.arange(n + 1) / n
    estimates = share * np.log(p / q) + (1 - share) * np.log((1 - p) / (1 - q))
    return outcome(
        unbiased(estimates, law, kl([p, 1 - p], [q, 1 - q])),
        figure("chance of a negative estimate", law[estimates < 0].sum()),
        message=f"All samples of {n} tosses, weighted by their chance.",
    )


@failure(
    "plug-in",
    "With observed shares in the place of p the estimate is too large on average.",
    of="sample-average",
    without="p and q are known",
)
def plug_in(rng, n: Annotated[int, Range(1, 200)] = 20, p: Annotated[float, Range(0.05, 0.95)] = 0.5):
    law, share = binomial(n, p), np.arange(n + 1) / n
    estimates = np.array([kl([s, 1 - s], [p, 1 - p]) for s in share])
    return outcome(
        unbiased(estimates, law, 0.0),
        figure("1/(2n)", 1 / (2 * n)),
        given=[equal("mean share", law @ share, p, tolerance=1e-9)],
        message="The truth is 0: the coin is compared with itself. The bias is about 1/(2n), for two outcomes.",
    )


@claim(
    "positive-estimate",
    "With r = q/p, the mean of (r − 1) − ln r under p is the divergence, and no term is negative.",
    assumes=("q has no mass where p has none", "the draws come from p"),
)
def positive_estimate(rng, outcomes: Outcomes = 5, alike: Annotated[float, Range(0.0, 0.99)] = 0.9):
    p = rng.dirichlet(np.ones(outcomes)) * 0.9 + 0.1 / outcomes
    q = alike * p + (1 - alike) * rng.dirichlet(np.ones(outcomes))
    r = q / p
    terms = r - 1 - np.log(r)
    plain = -np.log(r)
    return outcome(
        at_least("each term", terms, 0, slack=1e-12),
        equal("their mean", p @ terms, kl(p, q), tolerance=1e-10),
        figure("variance of a term", p @ (terms - p @ terms) ** 2), figure("variance of ln p/q", p @ (plain - p @ plain) ** 2),
    )  # fmt: skip


@claim("worked-numbers", "The numbers of the worked example.")
def worked_numbers(rng):
    half, far = [0.5, 0.5], [0.9, 0.1]
    toss, rare = kl([0.6, 0.4], half), kl([0.11, 0.89], [0.01, 0.99])
    p = rng.dirichlet(np.full(20, 50.0))
    q = p * (1 + 0.03 * rng.choice([-1, 1], size=20))
    return outcome(
        equal("KL of p from q", kl(half, far), 0.511, tolerance=5e-4), equal("KL of q from p", kl(far, half), 0.368, tolerance=5e-4),
        equal("first term", 0.5 * np.log(0.5 / 0.9), -0.294, tolerance=5e-4), equal("second term", 0.5 * np.log(5), 0.805, tolerance=5e-4),
        equal("0.9 ln 1.8", 0.9 * np.log(1.8), 0.529, tolerance=5e-4), equal("0.1 ln 0.2", 0.1 * np.log(0.2), -0.161, tolerance=5e-4),
        equal("evidence of one toss", toss, 0.0201, tolerance=5e-5), equal("ln 100", np.log(100), 4.605, tolerance=5e-4),
        equal("tosses of the coin", np.ceil(np.log(100) / toss), 229),
        equal("evidence of one observation", rare, 0.169, tolerance=5e-4),
        equal("observations of the rare event", np.ceil(np.log(100) / rare), 28), equal("rare against coin", rare / toss, 8, tolerance=0.5),
        equal("means 1 apart", gaussian_kl(0, 1, 1, 1), 0.5),
        equal("towards the wide one", gaussian_kl(0, 1, 1, 2), 0.443, tolerance=5e-4),
        equal("towards the narrow one", gaussian_kl(0, 2, 1, 1), 1.307, tolerance=5e-4),
        at_most("a few per cent in each probability", kl(p, q / q.sum()), 1e-3),
        at_least("the same, from below", kl(p, q / q.sum()), 1e-4),
    )  # fmt: skip
